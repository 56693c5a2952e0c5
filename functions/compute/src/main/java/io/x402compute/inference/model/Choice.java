package io.x402compute.inference.model;

import io.x402compute.inference.Candidate;

/** An upstream and a model of it that will do. */
public record Choice(Candidate candidate, Model model) {}

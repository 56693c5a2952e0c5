package io.x402compute.simulation.world;

/**
 * Something that went wrong.
 *
 * @param actor whom it befell
 * @param draw which of his draws it was: with the actor's name that tells it from all others of its history
 * @param what for people
 */
public record Mishap(String actor, int draw, String what) {}

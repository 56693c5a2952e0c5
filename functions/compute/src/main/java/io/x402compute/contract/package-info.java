/**
 * What this API promises to those who have never seen it: its routes, what they take and what they answer, told once, in parts beside
 * these classes, and read from there by every document that agents find. Nothing that serves a request, and no prices, belongs here.
 */
package io.x402compute.contract;

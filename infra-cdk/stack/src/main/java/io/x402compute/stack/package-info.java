/**
 * The CDK app: one stack, one construct per concern. What a function may do and the variables that tell it where to do it
 * are one thing here, a {@link io.x402compute.stack.Need}, so neither can be forgotten. Nothing of this package is
 * deployed; what a function does is decided in the functions themselves.
 */
package io.x402compute.stack;

/**
 * What the input of a service has to be. It is told in JSON Schema, of which only the words are read that our catalogue uses; whatever a caller sends
 * comes out complete with its defaults, in one order and one spelling, so that the same wish is always the same request.
 */
package io.x402compute.inference.input;

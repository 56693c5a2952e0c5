/**
 * What the synthesized template promises, read from the very file that is deployed and run locally. Nothing here knows how the
 * template came to be.
 */
package io.x402compute.template;

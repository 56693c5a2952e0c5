/**
 * Those who carry runs out: the endpoints that OpenAI has made common, at whichever address, and jobs whose API the catalogue describes. Nothing is sent
 * twice to the same upstream, no key leaves in anything but its header, and whatever an upstream answers ends in one of the outcomes.
 */
package io.x402compute.inference.upstream;

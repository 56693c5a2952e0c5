/** Requests, responses, errors and JSON. Knows no domain word: what a field means is decided above. */
package io.x402compute.http;

/** Calls functions with what is in the queues of the template, as Lambda's pollers do. Knows functions by id and queues by ARN, and no message. */
package io.x402compute.local.queue;

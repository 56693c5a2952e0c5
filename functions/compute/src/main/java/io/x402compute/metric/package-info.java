/**
 * The numbers that operators watch, by name, and how a log line carries them into CloudWatch. Knows what a number means to a
 * person, and nothing of where it is read.
 */
package io.x402compute.metric;

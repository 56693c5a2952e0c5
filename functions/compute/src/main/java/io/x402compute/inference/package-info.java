/**
 * Single calls of models: what services there are, what a run of one costs, who carries it out, and the jobs in which runs are kept. Knows prices and no
 * payments: whoever sells runs says when a result may be seen.
 */
package io.x402compute.inference;

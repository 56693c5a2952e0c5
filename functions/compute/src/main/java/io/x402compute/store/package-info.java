/**
 * Between Java values and what is kept outside: DynamoDB items, conditional writes, and what is remembered of them for a
 * moment. Knows no domain word; every room keeps its own tables with these.
 */
package io.x402compute.store;

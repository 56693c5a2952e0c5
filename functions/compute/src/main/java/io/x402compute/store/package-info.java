/** Helpers between Java values and DynamoDB items. Knows no domain word; every room keeps its own tables with them. */
package io.x402compute.store;

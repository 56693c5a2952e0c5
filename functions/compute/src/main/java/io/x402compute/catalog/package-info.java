/**
 * What can be had: plans with their stock and sell prices, regions, images, refreshed from the provider by schedule. Knows
 * nothing of payments; what an order costs is worked out elsewhere from the prices here.
 */
package io.x402compute.catalog;

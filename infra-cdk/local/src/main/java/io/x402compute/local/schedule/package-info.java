/** Fires the template's rules on the local clock. Knows functions by id only. */
package io.x402compute.local.schedule;

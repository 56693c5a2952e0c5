/**
 * The machine provider on this machine: speaks Vultr's API v2 closely enough that its client cannot tell, takes time to boot
 * by an injected clock, writes a bill, and can be told to misbehave, by method or over HTTP. Plans, regions and images are resources; figures that the
 * provider never published are made up. Nothing here knows what its caller does with the machines.
 */
package io.x402compute.local.provider;

/**
 * Extensions of x402 version 2: what a seller may say in a 402 beside its offers, what a client may add to it, and what a receipt may
 * prove. Each has its name, its JSON and its rules here; whether it is used, and for what, is the seller's affair.
 */
package io.x402compute.x402.extension;

/**
 * Whoever runs models, on this machine: a server that speaks OpenAI's API, Vultr's Serverless Inference and Replicate's predictions closely
 * enough that their clients cannot tell, checks every request by the published fields, and can be told to misbehave. There is no model in
 * it: what it answers follows from what it was asked. Nothing here knows what its caller does with the answers.
 */
package io.x402compute.local.inference;

/**
 * The Model Context Protocol in front of the API: messages, and routes as tools, which are called as requests of those routes and
 * served by whoever serves them. Knows the contract and the wire; nothing of what a route does, or whether it may be done, belongs here.
 */
package io.x402compute.mcp;

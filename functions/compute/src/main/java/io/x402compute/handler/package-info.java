/**
 * One class per Lambda function: read the request, call one service, render the answer. Nothing is decided or stored here.
 * {@link io.x402compute.handler.Application} puts the services together.
 */
package io.x402compute.handler;

/**
 * One local AWS endpoint for all functions: knows who calls by the access key in the signature, asks whether that
 * function's role allows it, and then passes DynamoDB calls to DynamoDB Local, keeps published events and serves
 * secrets. Knows no table or event by name.
 */
package io.x402compute.local.aws;

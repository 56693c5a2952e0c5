/**
 * One local AWS endpoint for all functions: knows who calls by the access key in the signature, asks whether that
 * function's role allows it, and then passes DynamoDB calls to DynamoDB Local, keeps published events and messages,
 * and serves secrets. Knows no table, event or queue by name.
 */
package io.x402compute.local.aws;

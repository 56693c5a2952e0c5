package io.x402compute.x402.evm;

/**
 * What a transaction asks of a contract.
 *
 * @param to the contract's address
 * @param data function and arguments, {@code 0x} and hex
 */
public record ContractCall(String to, String data) {}

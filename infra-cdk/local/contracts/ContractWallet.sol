// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * The smallest ERC-1271 wallet: what its owner's key signed counts as signed by the wallet. Tests pay from it as a smart
 * wallet, and delegate a plain account to it as EIP-7702 does. The owner is part of the code, so that a delegated account,
 * whose storage is its own, has the same owner.
 */
contract ContractWallet {
    bytes4 private constant ACCEPTED = 0x1626ba7e;
    bytes4 private constant REFUSED = 0xffffffff;

    address public immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) {
            return REFUSED;
        }
        address signer = ecrecover(hash, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == owner ? ACCEPTED : REFUSED;
    }
}

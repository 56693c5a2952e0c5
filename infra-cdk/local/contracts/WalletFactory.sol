// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ContractWallet} from "./ContractWallet.sol";

/**
 * Makes contract wallets at addresses that are known before they are there, as the factories of smart wallets do: money can
 * be sent to a wallet, and signed for by its owner, that nobody has paid the creation of yet. Making one twice changes nothing.
 */
contract WalletFactory {
    function createAccount(address owner, uint256 salt) external returns (ContractWallet wallet) {
        wallet = ContractWallet(getAddress(owner, salt));
        if (address(wallet).code.length == 0) {
            new ContractWallet{salt: bytes32(salt)}(owner);
        }
    }

    function getAddress(address owner, uint256 salt) public view returns (address) {
        bytes32 code = keccak256(abi.encodePacked(type(ContractWallet).creationCode, abi.encode(owner)));
        return address(
            uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(salt), code))))
        );
    }
}

package io.x402compute.cli.wallet;

import java.time.Clock;

import io.x402compute.x402.client.RequestSigner;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.solana.SolanaWallet;

/** A wallet, on the kind of chain that its key is for. */
public sealed interface Key {

    String address();

    /** Signs requests in its name. */
    RequestSigner signer(Clock clock);

    record OnEvm(EvmWallet wallet) implements Key {
        @Override
        public String address() {
            return wallet.address();
        }

        @Override
        public RequestSigner signer(Clock clock) {
            return RequestSigner.of(wallet, clock);
        }
    }

    record OnSolana(SolanaWallet wallet) implements Key {
        @Override
        public String address() {
            return wallet.address();
        }

        @Override
        public RequestSigner signer(Clock clock) {
            return RequestSigner.of(wallet, clock);
        }
    }
}

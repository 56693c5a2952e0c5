package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.RpcEvmChain;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.OnchainSettlingAccount;
import io.x402compute.x402.facilitator.OnchainTransfers;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Repricing;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;

/** Settlements that a real node does not mine: gas gets dearer, or a number is missing. */
class StuckSettlementTest {
    private static final long PRICE = 1_699_200;
    private static final long GWEI = 1_000_000_000;
    private static final FeeCap CAP = FeeCap.ofGwei(100_000_000);

    private final LocalEvm evm = LocalEvm.start(0);
    private final RpcEvmChain chain = new RpcEvmChain(evm.rpcUrl(), Duration.ofSeconds(2), Duration.ofSeconds(5));
    private final EvmWallet settler = EvmWallet.of(evm.privateKey(0));
    private final EvmWallet payer = EvmWallet.of(evm.privateKey(1));
    private final AtomicLong nextNumber = new AtomicLong();
    private final OnchainFacilitator facilitator = new OnchainFacilitator(chain, () -> settler,
            (signer, count) -> nextNumber.getAndIncrement(), Network.BASE, CAP, Clock.systemUTC());
    private final OnchainSettlingAccount account = new OnchainSettlingAccount(chain, () -> settler, Network.BASE, CAP);
    private final Payment payment = payment();

    @AfterEach
    void stop() {
        evm.close();
    }

    @Test
    void aTransferThatGasHasBecomeTooDearForIsMinedOnceItOffersMore() {
        evm.pauseMining();
        SettlementHandle cheap = sent(prepared());
        evm.setBaseFee(100 * GWEI);
        evm.mine();
        assertThat(look(cheap)).isInstanceOf(Settlement.Unknown.class);

        SettlementHandle dearer = repriced(cheap);
        assertThat(look(dearer)).isInstanceOf(Settlement.Unknown.class);
        evm.mine();

        assertThat(look(dearer)).isEqualTo(new Settlement.Settled(dearer.transaction()));
        assertPaidOnce(dearer);
        assertThat(look(cheap)).isEqualTo(new Settlement.Outnumbered("number 0 was used"));
    }

    @Test
    void theCheaperTransactionMayBeMinedBeforeTheDearerOneArrives() {
        evm.pauseMining();
        SettlementHandle cheap = sent(prepared());
        SettlementHandle dearer = repriced(cheap);
        evm.mine();

        assertThat(look(dearer)).isEqualTo(new Settlement.Outnumbered("number 0 was used"));

        assertPaidOnce(cheap);
    }

    @Test
    void theNodeTakesEveryOfferThatReplacesTheOneBefore() {
        evm.pauseMining();
        SettlementHandle handle = sent(prepared());
        for (int offer = 0; offer < 5; offer++) {
            handle = sent(repriced(handle));
        }
        evm.mine();

        assertThat(look(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));
        assertPaidOnce(handle);
    }

    @Test
    void aGapWhoseFillerIsStuckIsFilledForMoreAndTheSettlementBehindItPasses() {
        evm.pauseMining();
        nextNumber.set(1);
        SettlementHandle behind = sent(prepared());
        account.skip(0);
        evm.setBaseFee(100 * GWEI);
        evm.mine();
        assertThat(account.nextNumber()).hasValue(0);

        account.skip(0);
        evm.mine();
        assertThat(account.nextNumber()).hasValue(1);
        SettlementHandle dearer = sent(repriced(behind));
        evm.mine();

        assertPaidOnce(dearer);
    }

    private SettlementHandle prepared() {
        return ((Preparation.Prepared) facilitator.prepare(payment)).handle();
    }

    private SettlementHandle sent(SettlementHandle handle) {
        assertThat(look(handle)).isInstanceOf(Settlement.Unknown.class);
        return handle;
    }

    private SettlementHandle repriced(SettlementHandle handle) {
        return ((Repricing.Repriced) facilitator.reprice(payment, handle)).handle();
    }

    /** Broadcasts it again, and waits for nothing. */
    private Settlement look(SettlementHandle handle) {
        return facilitator.settle(payment, handle, Duration.ZERO);
    }

    private void assertPaidOnce(SettlementHandle handle) {
        assertThat(new OnchainTransfers(chain).find(payment))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction()));
        assertThat(evm.balanceOf(evm.address(0))).isEqualTo(PRICE);
        assertThat(evm.balanceOf(evm.address(1))).isEqualTo(LocalEvm.AGENT_MICROS - PRICE);
    }

    private Payment payment() {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, new Usdc(PRICE),
                LocalEvm.USDC, evm.address(0), 300, Map.of("name", "USD Coin", "version", "2"));
        Eip3009Authorization transfer = new Eip3009Authorization(payer.wallet().address(),
                evm.address(0).toLowerCase(Locale.ROOT), BigInteger.valueOf(PRICE), BigInteger.ZERO,
                BigInteger.valueOf(Instant.now().plusSeconds(3600).getEpochSecond()),
                Hex.lowerCase("0x" + UUID.randomUUID().toString().replace("-", "").repeat(2)));
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE,
                payer.authorize(transfer, offer), Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }
}

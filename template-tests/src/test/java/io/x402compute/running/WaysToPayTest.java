package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.chain.SmartWallet;
import io.x402compute.local.chain.Transfer;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.SettlementResponse;

/** Beside the authorization of a plain key: a smart wallet's that is not there yet, and a permit of Permit2. */
class WaysToPayTest {
    private static final int NEWCOMER = 3;
    private static final int AGENT = 4;
    private static final int SDK_AGENT = 5;

    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("SmartWalletFactories", LocalEvm.WALLET_FACTORY)
            .and("Permit2", "on");

    private final Agent agent = running.agent(AGENT);
    private final ObjectNode body = MachineRequest.body();

    @Test
    void aSmartWalletsFirstPaymentCreatesItAndBuysAMachine() {
        SmartWallet wallet = new SmartWallet(agent.wallet().address(), 1);
        String address = running.chain().addressOf(wallet);
        running.chain().mint(address, PRICE_MICROS);
        PaymentPayload payment = bySmartWallet(wallet, address);

        Answer answer = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(running.chain().balanceOf(address)).isZero();
        assertThat(agent.pay(PROVISION, body, payment).order().path("id")).isEqualTo(answer.order().path("id"));
    }

    @Test
    void aWalletOfAnotherFactoryBuysNothing() {
        SmartWallet wallet = new SmartWallet(agent.wallet().address(), 2);
        String address = running.chain().addressOf(wallet);
        running.chain().mint(address, PRICE_MICROS);
        PaymentPayload payment = bySmartWallet(wallet, address);
        SchemePayload.Eip3009 signed = (SchemePayload.Eip3009) payment.schemePayload();
        String strange = signed.signature().replace(LocalEvm.WALLET_FACTORY.substring(2), LocalEvm.USDC.substring(2));
        World before = running.world();

        Answer answer = agent.pay(PROVISION, body,
                agent.quote(PROVISION, body).paidWith(new SchemePayload.Eip3009(signed.authorization(), strange)));

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.body().path("error").textValue()).isEqualTo("eip6492_factory_not_allowed");
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void whoHasApprovedPermit2BuysAMachineOnceAndWhoHasNotIsToldSo() throws Exception {
        Agent newcomer = running.agent(NEWCOMER);
        PaymentPayload payment = byPermit2(newcomer);
        World before = running.world();

        Answer refused = newcomer.pay(PROVISION, body, payment);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.body().path("error").textValue()).isEqualTo("permit2_allowance_required");
        assertThat(running.world()).isEqualTo(before);

        running.chain().approvePermit2(NEWCOMER, PRICE_MICROS);
        Answer answer = newcomer.pay(PROVISION, body, payment);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        SettlementResponse receipt = SettlementResponse
                .decode(answer.headers().firstValue("PAYMENT-RESPONSE").orElseThrow()).orElseThrow();
        assertThat(receipt.success()).isTrue();
        assertThat(receipt.transaction()).isEqualTo(onlyTransferSince(before).transactionHash());

        Answer again = newcomer.pay(PROVISION, body, payment);
        assertThat(again.order().path("id")).isEqualTo(answer.order().path("id"));
        assertThat(running.world().transfers()).hasSize(before.transfers().size() + 1);
    }

    @Test
    void aPermitThatAStrangerHasCarriedOutBuysTheMachine() {
        running.chain().approvePermit2(AGENT, PRICE_MICROS);
        PaymentPayload payment = byPermit2(agent);
        String transaction = running.chain().call(LocalEvm.PERMIT2_PROXY,
                Permit2Proxy.settle((SchemePayload.Permit2) payment.schemePayload()).data());

        Answer answer = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(answer.body().path("tx_hash").textValue()).isEqualTo(transaction);
    }

    @Test
    void theSdkBuysAMachineByPermit2() {
        running.chain().approvePermit2(SDK_AGENT, PRICE_MICROS);
        World before = running.world();

        JsonNode printed = new NodeClient("clients/buy.mjs").buyByPermit2(running.cloud().apiUrl(),
                running.chain().privateKey(SDK_AGENT), body);

        assertThat(printed.path("status").intValue()).as(printed.toString()).isEqualTo(201);
        assertThat(printed.at("/paymentResponse/transaction").textValue())
                .isEqualTo(onlyTransferSince(before).transactionHash());
    }

    @Test
    void clientsOfVersion1SeeNothingOfIt() {
        assertThat(agent.post(PROVISION, body, Map.of()).body().path("accepts")).hasSize(1);
    }

    private PaymentPayload bySmartWallet(SmartWallet wallet, String address) {
        ReceivedOffer offer = agent.quote(PROVISION, body);
        PaymentRequirements terms = offer.requirements();
        Eip3009Authorization transfer = new Eip3009Authorization(address, terms.payTo().toLowerCase(Locale.ROOT),
                BigInteger.valueOf(PRICE_MICROS), BigInteger.ZERO,
                BigInteger.valueOf(running.now().plusSeconds(terms.maxTimeoutSeconds()).getEpochSecond()),
                "0x" + UUID.randomUUID().toString().replace("-", "").repeat(2));
        SchemePayload.Eip3009 signed = agent.wallet().authorize(transfer, terms);
        return offer.paidWith(new SchemePayload.Eip3009(transfer, wallet.signature(signed.signature())));
    }

    private PaymentPayload byPermit2(Agent payer) {
        ReceivedOffer offer = payer.permit2Quote(PROVISION, body);
        PaymentRequirements terms = offer.requirements();
        Permit2Authorization permit = new Permit2Authorization(payer.address(), terms.asset().toLowerCase(Locale.ROOT),
                BigInteger.valueOf(terms.amount().micros()), LocalEvm.PERMIT2_PROXY.toLowerCase(Locale.ROOT),
                new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
                BigInteger.valueOf(running.now().plusSeconds(terms.maxTimeoutSeconds()).getEpochSecond()),
                terms.payTo().toLowerCase(Locale.ROOT), BigInteger.ZERO);
        return offer.paidWith(payer.wallet().authorize(permit, Network.BASE));
    }

    private static Transfer onlyTransferSince(World before) {
        List<Transfer> all = running.world().transfers();
        assertThat(all).hasSize(before.transfers().size() + 1);
        return all.getLast();
    }
}

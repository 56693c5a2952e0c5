package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.chain.Transfer;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.SettlementResponse;

/** Money for a machine, over either version of the protocol and from every kind of wallet. */
class PurchaseTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final long POCKET_MONEY = 5_000_000;
    private static final int STRANGER = 8;

    private final Agent agent = running.agent(1);
    private final ObjectNode body = MachineRequest.body();

    @Test
    void exactlyTheQuotedAmountMovesFromPayerToOperator() {
        long quoted = agent.quote(PROVISION, body).requirements().amount().micros();
        World before = running.world();

        PaidResponse paid = agent.buy(PROVISION, body);

        assertThat(paid.response().statusCode()).isEqualTo(201);
        assertThat(quoted).isEqualTo(PRICE_MICROS);
        Transfer transfer = onlyTransferSince(before);
        assertThat(transfer.from()).isEqualTo(agent.address());
        assertThat(transfer.micros()).isEqualTo(quoted);
        assertThat(paid.receipt().map(receipt -> receipt.with(Map.of())))
                .hasValue(SettlementResponse.settled(transfer.transactionHash(), Network.BASE, agent.address()));
    }

    @Test
    void clientsOfVersion1PayTheSame() {
        PaymentPayload payment = agent.sign(agent.quoteV1(PROVISION, body));
        World before = running.world();

        Answer answer = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        assertThat(onlyTransferSince(before).micros()).isEqualTo(PRICE_MICROS);
    }

    @Test
    void theAnswerHoldsTheMachineTwiceAndAReceiptOfEitherVersion() {
        World before = running.world();

        Answer answer = agent.pay(PROVISION, body, agent.sign(agent.quote(PROVISION, body)));

        String transaction = onlyTransferSince(before).transactionHash();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(answer.body().path("tx_hash").textValue()).isEqualTo(transaction);
        assertThat(answer.body().path("instance")).isEqualTo(answer.order());
        assertThat(answer.order().path("user_wallet").textValue()).isEqualTo(agent.address());
        assertThat(answer.order().path("payment_amount").decimalValue()).isEqualByComparingTo("1.6992");
        SettlementResponse receipt = SettlementResponse.settled(transaction, Network.BASE, agent.address());
        assertThat(SettlementResponse.decode(receipt(answer, "PAYMENT-RESPONSE"))
                .map(signed -> signed.with(Map.of()).header(2))).contains(receipt.header(2));
        assertThat(receipt(answer, "X-PAYMENT-RESPONSE")).isEqualTo(receipt.header(1));
    }

    @Test
    void theMachineBootsAndItsOwnerSeesItsAddress() {
        String id = agent.machine();
        assertThat(agent.instance(id).path("ip_address").textValue()).isEqualTo("0.0.0.0");

        running.awaitBoot();

        JsonNode instance = agent.instance(id);
        assertThat(instance.path("status").textValue()).isEqualTo("active");
        assertThat(instance.path("ip_address").textValue()).startsWith("198.18.");
    }

    @Test
    void theProviderHasOneMachineUnderTheOperationAndItIsTheOneSold() {
        World before = running.world();

        String id = agent.machine();

        List<SimulatedMachine> made = machinesSince(before);
        assertThat(made).hasSize(1);
        SimulatedMachine machine = made.getFirst();
        assertThat(machine.label()).isEqualTo("op-" + id);
        assertThat(machine.tags()).contains("op-" + id).anyMatch(tag -> tag.startsWith("x402compute:"));
        assertThat(machine.plan()).isEqualTo(MachineRequest.PLAN);
        assertThat(machine.region()).isEqualTo(MachineRequest.REGION);
        assertThat(agent.instance(id).path("vultr_instance_id").textValue()).isEqualTo(machine.id());
    }

    @Test
    void aContractWalletPaysWithItsOwnersSignature() {
        Agent owner = running.agent(3);
        String contract = running.chain().deploy("ContractWallet", owner.wallet().address());
        running.chain().mint(contract, POCKET_MONEY);

        Answer answer = agent.pay(PROVISION, body, draft(owner.wallet()).from(contract).payment());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(running.chain().balanceOf(contract)).isEqualTo(POCKET_MONEY - PRICE_MICROS);
        assertThat(answer.order().path("user_wallet").textValue()).isEqualToIgnoringCase(contract);
    }

    @Test
    void aDelegatedAccountPaysByItsCodeAndNotByItsKey() {
        Agent owner = running.agent(3);
        EvmWallet delegated = EvmWallet.of(running.chain().privateKey(6));
        running.chain().mint(delegated.address(), POCKET_MONEY);
        running.chain().delegate(delegated.address(),
                running.chain().deploy("ContractWallet", owner.wallet().address()));

        Answer byItsKey = agent.pay(PROVISION, body, draft(delegated).payment());
        Answer byItsCode = agent.pay(PROVISION, body, draft(owner.wallet()).from(delegated.address()).payment());

        assertThat(byItsKey.status()).isEqualTo(402);
        assertThat(byItsKey.body().path("error").textValue()).isEqualTo("invalid_exact_evm_signature");
        assertThat(byItsCode.status()).isEqualTo(201);
        assertThat(running.chain().balanceOf(delegated.address())).isEqualTo(POCKET_MONEY - PRICE_MICROS);
    }

    @Test
    void aTransferThatSomebodyElseBroadcastPaysAllTheSame() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        World before = running.world();
        broadcast(payment);

        Answer answer = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("tx_hash").textValue()).isEqualTo(onlyTransferSince(before).transactionHash());
    }

    @Test
    void aBroadcastTransferOfTooLittleBuysNothingAndIsGivenBack() {
        PaymentPayload payment = Draft.of(agent.quoteV1(PROVISION, body), agent.wallet(), running.now()).value(1)
                .payment();
        broadcast(payment);
        List<String> machines = running.world().machines();

        Answer answer = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("code").textValue()).isEqualTo("price_changed");
        assertThat(answer.body().at("/details/credited").decimalValue()).isEqualByComparingTo("0.000001");
        assertThat(running.world().machines()).isEqualTo(machines);
        assertThat(agent.pay(PROVISION, body, payment).body().path("order_id"))
                .isEqualTo(answer.body().path("order_id"));
    }

    @Test
    void aNonceThatWasUsedForSomethingElseBuysNothing() {
        Draft draft = draft(agent.wallet());
        broadcast(draft.to(running.chain().address(STRANGER)).payment());
        World before = running.world();

        Answer answer = agent.pay(PROVISION, body, draft.payment());

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.body().path("error").textValue()).isEqualTo("invalid_exact_evm_nonce_already_used");
        assertThat(running.world()).isEqualTo(before);
    }

    /** Anyone who sees an authorization can have it carried out. */
    private void broadcast(PaymentPayload payment) {
        ObjectNode call = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "eth_sendTransactionSync");
        call.putArray("params").addObject().put("from", running.chain().address(STRANGER)).put("to", LocalEvm.USDC)
                .put("data", Eip3009Token.transfer((SchemePayload.Eip3009) payment.schemePayload()));
        Answer receipt = Http.send(running.chain().rpcUrl(), "POST", "/", Map.of("Content-Type", "application/json"),
                WalletHeaders.bytes(Json.write(call)));
        assertThat(receipt.body().at("/result/status").textValue()).isEqualTo("0x1");
    }

    private Draft draft(EvmWallet key) {
        return Draft.of(agent.quote(PROVISION, body), key, running.now());
    }

    private static Transfer onlyTransferSince(World before) {
        World now = running.world();
        List<Transfer> fresh = now.transfers().subList(before.transfers().size(), now.transfers().size());
        assertThat(fresh).hasSize(1);
        assertThat(now.balances().getFirst()).isEqualTo(before.balances().getFirst() + fresh.getFirst().micros());
        return fresh.getFirst();
    }

    private static List<SimulatedMachine> machinesSince(World before) {
        List<SimulatedMachine> all = running.provider().machines();
        return all.subList(before.machines().size(), all.size());
    }

    private static String receipt(Answer answer, String header) {
        Optional<String> value = answer.headers().firstValue(header);
        assertThat(value).as(header).isPresent();
        return value.get();
    }
}

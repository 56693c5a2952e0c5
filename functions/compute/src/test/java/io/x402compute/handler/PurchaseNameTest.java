package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;

class PurchaseNameTest {
    private static final String ID = "pay_7d5d747be160e280504c099d984bcfe0";
    private static final Optional<IdempotencyKey> KEY = Optional.of(new IdempotencyKey("order-1"));

    @Test
    void purchaseGoesByTheHeaderOrByTheNameInThePayment() {
        assertThat(PurchaseName.of(KEY, new DecodedPayment.None())).isEqualTo(KEY);
        assertThat(PurchaseName.of(KEY, payment("{}"))).isEqualTo(KEY);
        assertThat(PurchaseName.of(Optional.empty(), payment("{}"))).isEmpty();
        assertThat(PurchaseName.of(Optional.empty(), named(ID))).contains(new IdempotencyKey(ID));
        assertThat(PurchaseName.of(Optional.of(new IdempotencyKey(ID)), named(ID))).contains(new IdempotencyKey(ID));
    }

    @Test
    void twoNamesForOnePurchaseAreRefused() {
        assertRefused("two_idempotency_keys", KEY, named(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with spaces in between", "pay_ümlaut_ümlaut_ümlaut"})
    void nameOfAnotherFormIsRefused(String id) {
        assertRefused("invalid_payment_identifier", Optional.empty(), named(id));
        assertRefused("invalid_payment_identifier", KEY, named(id));
    }

    private static void assertRefused(String code, Optional<IdempotencyKey> key, DecodedPayment payment) {
        assertThatThrownBy(() -> PurchaseName.of(key, payment)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }

    private static DecodedPayment named(String id) {
        return payment("{\"payment-identifier\":{\"info\":{\"required\":false,\"id\":\"%s\"}}}".formatted(id));
    }

    private static DecodedPayment payment(String extensions) {
        String address = "0x" + "0".repeat(40);
        Eip3009Authorization transfer = new Eip3009Authorization(address, address, BigInteger.ONE, BigInteger.ZERO,
                BigInteger.ONE, "0x" + "0".repeat(64));
        return new DecodedPayment.Decoded(new PaymentPayload(2, "exact", Network.BASE,
                new SchemePayload.Eip3009(transfer, "0x00"), Optional.empty(),
                Optional.of((ObjectNode) Json.readOwn(extensions))));
    }
}

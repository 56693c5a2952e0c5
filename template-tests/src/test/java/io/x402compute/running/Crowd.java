package io.x402compute.running;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.ReceivedOffer;

/**
 * Who sends random requests, and about what. Nothing that they can sign, however right it turns out, changes anything: the
 * owner only asks and has no password to see, the passer-by has no machine and all the keys that a wallet may have, and the
 * payers have no money.
 *
 * @param machines ids of the owner's machine that runs, of one that is gone, of none, and the id of a key of the owner's
 * @param passerBysKey an API key of the passer-by
 * @param order a machine that could be bought
 */
record Crowd(
        URI api,
        Agent owner,
        EvmWallet passerBy,
        SolanaWallet solana,
        List<EvmWallet> payers,
        List<String> machines,
        String passerBysKey,
        ObjectNode order,
        ReceivedOffer offer,
        ReceivedOffer offerV1,
        Clock clock) {
    private static final String KEYS = "/compute/api-keys";
    private static final byte[] NO_BODY = new byte[0];
    private static final int ALL_KEYS = 25;

    static Crowd gather(RunningCloud running) {
        Agent owner = running.agent(1);
        String gone = owner.machine();
        owner.signed("DELETE", MachineRequest.instance(gone));
        String machine = owner.machine();
        running.awaitBoot();
        URI api = running.cloud().apiUrl();
        EvmWallet passerBy = wallet();
        String key = newKey(api, passerBy, running.now()).path("api_key").textValue();
        for (int made = 1; made < ALL_KEYS; made++) {
            newKey(api, passerBy, running.now());
        }
        UsedSecrets.remember(key);
        // What its first use notes down, it notes now.
        Http.send(api, "GET", KEYS, Map.of("X-API-Key", key), NO_BODY);
        ObjectNode order = MachineRequest.body();
        return new Crowd(api, owner, passerBy, new SolanaWallet(), List.of(wallet(), wallet()),
                List.of(machine, gone, UUID.randomUUID().toString(),
                        newKey(api, owner.wallet(), running.now()).path("id").textValue()),
                key, order,
                owner.quote(MachineRequest.PROVISION, order), owner.quoteV1(MachineRequest.PROVISION, order),
                running.cloud().clock());
    }

    Instant now() {
        return clock.instant();
    }

    /** Not remembered as secrets, of which there would be too many to look for. */
    static WalletHeaders credentials(EvmWallet wallet) {
        return new WalletHeaders("base", wallet.wallet().address(), "hex", wallet::signMessage);
    }

    byte[] orderBytes() {
        return WalletHeaders.bytes(Json.write(order));
    }

    private static JsonNode newKey(URI api, EvmWallet owner, Instant now) {
        return Http.send(api, "POST", KEYS, credentials(owner).sign("POST", KEYS, NO_BODY, now), NO_BODY).body();
    }

    private static EvmWallet wallet() {
        String random = UUID.randomUUID().toString().replace("-", "");
        return EvmWallet.of(UsedSecrets.remember("0x" + random + random));
    }
}

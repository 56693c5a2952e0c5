package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.x402compute.cli.ApiDouble.Sent;

/** What people read of an answer, word for word. */
class ReadingTest extends AtTheDesk {
    @Test
    void placesAndImages() {
        assertReads("/compute/regions", """
                {"regions": [{"id": "ewr", "city": "New Jersey", "country": "US", "continent": "North America"}]}""",
                """
                        REGION  CITY        COUNTRY  CONTINENT
                        ewr     New Jersey  US       North America
                        """, "regions");
        assertReads("/compute/os", """
                {"os": [{"id": 2284, "name": "Ubuntu 24.04 LTS x64", "family": "ubuntu", "arch": "x64"},
                        {"id": 477, "name": "Debian 11", "family": "debian", "arch": "x64"}]}""", """
                  OS  NAME                  FAMILY  ARCH
                2284  Ubuntu 24.04 LTS x64  ubuntu  x64
                 477  Debian 11             debian  x64
                """, "os");
        assertReads("/compute/plans", "{\"plans\": []}", "No plan is like that now.\n", "plans", "--gpu", "H900");
    }

    @Test
    void quotes() {
        assertReads("/compute/quote", """
                {"extend_hours": 48, "hourly_price": 0.0708, "payment_amount": 3.3984, "amount": "3398400",
                 "networks": ["base", "solana"], "valid_until": "2026-11-21T09:05:00.5Z"}""", """
                price        3.3984 USDC
                hours        48
                an hour      0.0708 USDC
                paid on      base solana
                holds until  2026-11-21T09:05:00Z
                """, "quote", "--instance", "i-1", "--hours", "48");
    }

    @Test
    void aMachineWithEverythingThatCanBeSaidOfIt() {
        assertReads("/compute/instances/i-1",
                """
                        {"instance": {"id": "i-1", "status": "active", "plan": "vc2", "region": "ewr", "label": "box",
                         "os": "Ubuntu 24.04", "ip_address": "198.18.0.3", "access_method": "ssh_key", "power_status": "running",
                         "operation": {"kind": "stop", "status": "failed", "reason": "timed_out"},
                         "auto_extend": {"enabled": true, "extend_hours": 24, "max_total": 50, "spent": 1.7,
                                         "next": {"at": "2026-11-21T11:00:00.1Z", "amount": 1.6992}},
                         "expires_at": "2026-11-21T11:30:00Z", "prepaid_hours": 48, "payment_amount": 3.3984}}""",
                """
                        instance     i-1
                        status       active
                        plan         vc2 in ewr
                        label        box
                        os           Ubuntu 24.04
                        address      198.18.0.3
                        log in       ssh root@198.18.0.3
                        power        running
                        operation    stop failed (timed_out)
                        auto-extend  24 hours again and again, 1.70 of 50.00 USDC spent, next at 2026-11-21T11:00:00Z for 1.6992
                        expires      2026-11-21T11:30:00Z (in 2 h 30 min)
                        prepaid      48 hours
                        paid         3.3984 USDC in all
                        """,
                "show", "i-1");
    }

    @Test
    void orders() {
        assertReads("/compute/orders", """
                {"orders": [{"order_id": "o-1", "kind": "topup", "state": "delivered", "amount_usd": 3,
                             "created_at": "2026-11-21T08:00:00.123Z"}]}""", """
                ORDER  KIND   STATE      USDC  CREATED               INSTANCE
                o-1    topup  delivered  3.00  2026-11-21T08:00:00Z  -
                """, "orders");
        assertReads("/compute/orders/o-2",
                """
                        {"order_id": "o-2", "kind": "provision", "state": "credited", "reason": "out_of_stock", "amount_usd": 1.6992,
                         "tx_hash": "0xabc", "credited": 1.6992, "instance_id": "i-1", "created_at": "2026-11-21T08:00:00Z"}""",
                """
                        order        o-2
                        kind         provision
                        state        credited
                        reason       out_of_stock
                        amount       1.6992 USDC
                        transaction  0xabc
                        credited     1.6992 USDC
                        instance     i-1
                        created      2026-11-21T08:00:00Z
                        """, "orders", "o-2");
    }

    @Test
    void creditAndKeysAndEvents() {
        assertReads("/compute/credits/entries", """
                {"entries": [{"kind": "spent", "amount_usd": 1.6992, "reason": "order", "order_id": "o-1",
                              "created_at": "2026-11-21T08:00:00Z"}]}""", """
                TIME                  KIND     USDC  REASON  ORDER
                2026-11-21T08:00:00Z  spent  1.6992  order   o-1
                """, "credits", "entries");
        assertReads("/compute/api-keys", """
                {"api_keys": [{"id": "k-1", "label": null, "key_last4": "wxyz", "created_at": "2026-11-21T08:00:00Z",
                               "revoked_at": null}]}""", """
                ID   LABEL  KEY          CREATED               LAST USED  REVOKED
                k-1  -      x402c_…wxyz  2026-11-21T08:00:00Z  -          -
                """, "keys", "list");
        assertReads("/compute/api-keys/k-1", "{\"success\": true}", "Revoked k-1.\n", "keys", "revoke", "k-1");
        assertReads("/compute/instances/i-1/events", """
                {"events": [{"type": "InstanceExpiring", "time": "2026-11-21T08:00:00Z", "detail": {"hours": 1}}]}""",
                """
                        TIME                  EVENT             DETAIL
                        2026-11-21T08:00:00Z  InstanceExpiring  {"hours":1}
                        """, "events", "i-1");
    }

    private void assertReads(String path, String answer, String text, String... words) {
        api.answers(path, Sent.of(200, answer));
        Desk.Run run = desk.run(words);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(text);
        assertThat(run.code()).isZero();
    }
}

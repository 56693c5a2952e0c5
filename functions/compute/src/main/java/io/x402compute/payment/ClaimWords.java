package io.x402compute.payment;

import io.x402compute.store.Packing;

/** How the rest of a claim's item is packed: with what most of them say. */
final class ClaimWords {
    /** Never to be changed, for there are claims packed with it: other words belong to another attribute. */
    private static final String WORDS = """
            "valid_before":"refund":{"from":"0x\
            {"request":"{\\"hours\\":24,\\"network\\":\\"solana\\",\\"priced_plan\\":\\"vcg-a16-2c-8g-2vram\\"}\
            {"request":"{\\"amount\\":"10.00",\\"use_credits\\":true}\
            {"request":"{\\"plan\\":\\"vcg-a100-12c-120g-80vram\\",\\"region\\":\\"ewr\\",\\"os_id\\":2284,\
            \\"label\\":\\"x402-instance\\",\\"prepaid_hours\\":720,\\"network\\":\\"base\\",\\"hostname\\":\\"\\",\\"user_data\\":\
            \\"#cloud-config\\",\\"ssh_public_key\\":\\"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ\
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\\"}","fingerprint":"","x402_version":2,"network":"eip155:8453",\
            "asset":"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913","pay_to":"0x","timeout":300,\
            "extra":{"name":"USD Coin","paymentFlow":"upfront","version":"2"},"from":"0x","to":"0x","value":"",\
            "valid_after":"0","valid_before":"179","nonce":"0x","signature":"0x","signer_nonce":-1,\
            "signed_transaction":"0x02f90195822105830f4240840100000083020000\
            94833589fcd6edb6e08f4c7c32d4f71b54bda0291380b90124e3ee160e\
            000000000000000000000000000000000000000000000000000000000000001b\
            000000000000000000000000000000000000000000000000000000000000001cc080a0c001a0"\
            ,"events":["{\\"id\\":\\"PaymentSettled/\\",\\"type\\":\\"PaymentSettled\\",\\"time\\":\\"2026-11-21T12:00:00.000Z\\",\
            \\"detail\\":{\\"order_id\\":\\"\\",\\"kind\\":\\"PROVISION\\",\\"subject_id\\":\\"\\",\\"wallet\\":\\"0x\\",\
            \\"amount_micro_usdc\\":1699200,\\"network\\":\\"eip155:8453\\",\\"transaction\\":\\"0x\\"}}"]}""";

    static final Packing PACKING = new Packing(WORDS);

    private ClaimWords() {}
}

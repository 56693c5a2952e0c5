package io.x402compute.x402.solana;

import java.util.List;

import org.p2p.solanaj.core.PublicKey;

/** Where an owner's tokens are. */
public final class TokenAccounts {
    private static final PublicKey ASSOCIATED_TOKEN = new PublicKey(Programs.ASSOCIATED_TOKEN);

    private TokenAccounts() {}

    /**
     * The token account of that owner for that token, which anybody can derive.
     *
     * @param program the token program of the mint
     * @throws IllegalArgumentException when one of them is no address
     */
    public static String of(String owner, String mint, String program) {
        List<byte[]> seeds = List.of(key(owner), key(program), key(mint));
        return PublicKey.findProgramAddress(seeds, ASSOCIATED_TOKEN).getAddress().toBase58();
    }

    static byte[] key(String address) {
        return Base58.decode(address).filter(bytes -> bytes.length == Ed25519.PUBLIC_KEY_BYTES)
                .orElseThrow(() -> new IllegalArgumentException("no address: " + printable(address)));
    }

    private static String printable(String text) {
        return text.length() > 64 ? text.length() + " characters" : text;
    }
}

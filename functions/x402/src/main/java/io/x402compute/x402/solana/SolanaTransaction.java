package io.x402compute.x402.solana;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A transaction as it travels, legacy or of version 0: the signatures, some of which may still be empty, and the message they are
 * to be made under. Equal when their bytes are.
 */
public final class SolanaTransaction {
    /** What fits into one packet between validators: longer ones are never executed. */
    private static final int MAX_BYTES = 1232;

    private final byte[] wire;
    /** Where the first signature starts; they follow one another up to the message. */
    private final int signaturesAt;
    private final int messageAt;
    private final SolanaMessage message;

    private SolanaTransaction(byte[] wire, int signaturesAt, int messageAt, SolanaMessage message) {
        this.wire = wire;
        this.signaturesAt = signaturesAt;
        this.messageAt = messageAt;
        this.message = message;
    }

    /** What the bytes turn out to be. */
    public sealed interface Decoding {
        record Decoded(SolanaTransaction transaction) implements Decoding {}

        record Undecodable(String why) implements Decoding {}
    }

    /** Reads a transaction that is exactly these bytes. Whatever they are, the answer is a value: this never throws. */
    public static Decoding decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Decoding.Undecodable("it is too long for any validator");
        }
        byte[] wire = bytes.clone();
        try {
            return new Decoding.Decoded(read(wire));
        } catch (UndecodableTransaction e) {
            return new Decoding.Undecodable(e.getMessage());
        }
    }

    private static SolanaTransaction read(byte[] wire) throws UndecodableTransaction {
        WireReader reader = new WireReader(wire);
        int signatures = reader.compact();
        int signaturesAt = reader.position();
        reader.bytes(Math.multiplyExact(signatures, Ed25519.SIGNATURE_BYTES));
        int messageAt = reader.position();
        SolanaMessage message = SolanaMessage.read(reader);
        if (signatures != message.signers()) {
            throw new UndecodableTransaction("it has not one signature for each signer");
        }
        if (!reader.isAtEnd()) {
            throw new UndecodableTransaction("it goes on after its end");
        }
        return new SolanaTransaction(wire, signaturesAt, messageAt, message);
    }

    /** Nobody has signed it yet. */
    static SolanaTransaction unsigned(byte[] message, int signers) {
        byte[] wire = new byte[1 + signers * Ed25519.SIGNATURE_BYTES + message.length];
        wire[0] = (byte) signers;
        System.arraycopy(message, 0, wire, wire.length - message.length, message.length);
        return switch (decode(wire)) {
            case Decoding.Decoded(SolanaTransaction transaction) -> transaction;
            case Decoding.Undecodable(String why) -> throw new IllegalArgumentException(why);
        };
    }

    public SolanaMessage message() {
        return message;
    }

    /** What is signed. */
    public byte[] messageBytes() {
        return Arrays.copyOfRange(wire, messageAt, wire.length);
    }

    /** The SHA-256 of what is signed: the same whatever is in the signatures' places. */
    public byte[] messageHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(messageBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] toBytes() {
        return wire.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(wire);
    }

    /** In base58, the signature of the fee payer: the name of the transaction once that is there. */
    public String id() {
        return Base58.encode(signature(0));
    }

    /** Whether the signer at that place has signed. */
    public boolean isSignedBy(int signer) {
        byte[] key = Base58.decode(message.accounts().get(signer)).orElseThrow();
        return Ed25519.verify(key, messageBytes(), signature(signer));
    }

    /**
     * The same with the wallet's signature in its place.
     *
     * @throws IllegalArgumentException when the wallet is none of the signers
     */
    public SolanaTransaction signedBy(SolanaWallet wallet) {
        int signer = message.accounts().indexOf(wallet.address());
        if (signer < 0 || signer >= message.signers()) {
            throw new IllegalArgumentException(wallet.address() + " is no signer of it");
        }
        byte[] signed = wire.clone();
        System.arraycopy(wallet.sign(messageBytes()), 0, signed, signatureAt(signer), Ed25519.SIGNATURE_BYTES);
        return new SolanaTransaction(signed, signaturesAt, messageAt, message);
    }

    private byte[] signature(int signer) {
        return Arrays.copyOfRange(wire, signatureAt(signer), signatureAt(signer + 1));
    }

    private int signatureAt(int signer) {
        return signaturesAt + signer * Ed25519.SIGNATURE_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SolanaTransaction transaction && Arrays.equals(wire, transaction.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    /** Without its signatures: a transaction may end up in a log line. */
    @Override
    public String toString() {
        return "transaction of " + message.feePayer();
    }
}

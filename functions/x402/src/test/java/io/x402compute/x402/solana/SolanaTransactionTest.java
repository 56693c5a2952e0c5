package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.p2p.solanaj.core.TransactionInstruction;
import software.sava.core.accounts.PublicKey;
import software.sava.core.tx.Instruction;
import software.sava.core.tx.TransactionSkeleton;

/** Any bytes in: a transaction or a refusal, and of a transaction nothing that another reader does not see as well. */
class SolanaTransactionTest {

    @Property(tries = 5_000)
    void anyBytesAreATransactionOrARefusal(@ForAll byte[] bytes) {
        TransferTransaction.read(bytes);
    }

    /** Most random bytes are refused early; these get deep into it. */
    @Property(tries = 5_000)
    void aSpoiledTransactionIsATransactionOrARefusal(@ForAll("spoiled") byte[] bytes) {
        switch (SolanaTransaction.decode(bytes)) {
            case SolanaTransaction.Decoding.Decoded(SolanaTransaction transaction) -> {
                assertThat(transaction.toBytes()).isEqualTo(bytes);
                agreesWithSava(transaction);
            }
            case SolanaTransaction.Decoding.Undecodable undecodable -> assertThat(undecodable.why()).isNotEmpty();
        }
        TransferTransaction.read(bytes);
    }

    @Provide
    Arbitrary<byte[]> spoiled() {
        return Arbitraries.of(samples()).flatMap(sample -> Arbitraries.integers().between(0, sample.length - 1)
                .flatMap(at -> Arbitraries.bytes().map(value -> {
                    byte[] changed = sample.clone();
                    changed[at] = value;
                    return changed;
                })));
    }

    @Property(tries = 1_000)
    void instructionsPutTogetherAreReadBack(@ForAll("instructions") List<TransactionInstruction> instructions) {
        SolanaTransaction transaction = MessageWriter.transaction(Vectors.FEE_PAYER.address(), instructions,
                Vectors.BLOCKHASH);
        SolanaMessage message = transaction.message();
        assertThat(message.feePayer()).isEqualTo(Vectors.FEE_PAYER.address());
        assertThat(message.instructions()).hasSameSizeAs(instructions);
        for (int i = 0; i < instructions.size(); i++) {
            assertThat(message.instructions().get(i).program())
                    .isEqualTo(instructions.get(i).getProgramId().toBase58());
            assertThat(message.instructions().get(i).data()).isEqualTo(instructions.get(i).getData());
            assertThat(message.instructions().get(i).accounts()).map(message.accounts()::get).isEqualTo(
                    instructions.get(i).getKeys().stream().map(key -> key.getPublicKey().toBase58()).toList());
        }
        agreesWithSava(transaction);
    }

    @Provide
    Arbitrary<List<TransactionInstruction>> instructions() {
        return Arbitraries.of(Payments.LIMIT, Payments.PRICE, Payments.TRANSFER, Payments.MEMO, Payments.LIGHTHOUSE,
                Payments.memo("x".repeat(200))).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 200)
    void tokenAccountsAreDerivedAsOthersDeriveThem(@ForAll long seed) {
        byte[] owner = new byte[32];
        new Random(seed).nextBytes(owner);
        PublicKey ofSava = PublicKey.findProgramAddress(List.of(owner,
                PublicKey.fromBase58Encoded(Programs.TOKEN).toByteArray(),
                PublicKey.fromBase58Encoded(Vectors.USDC).toByteArray()),
                PublicKey.fromBase58Encoded(Programs.ASSOCIATED_TOKEN)).publicKey();
        assertThat(TokenAccounts.of(Base58.encode(owner), Vectors.USDC, Programs.TOKEN))
                .isEqualTo(ofSava.toBase58());
    }

    @Example
    void bothFormatsAreReadTheSame() {
        SolanaTransaction versioned = Payments.of(Payments.LIMIT, Payments.PRICE, Payments.TRANSFER);
        SolanaTransaction legacy = Payments.legacy(versioned);
        assertThat(legacy.message().version()).isEqualTo(SolanaMessage.LEGACY);
        assertThat(legacy.message().accounts()).isEqualTo(versioned.message().accounts());
        assertThat(legacy.isSignedBy(1)).isTrue();
        assertThat(legacy.messageHash()).isNotEqualTo(versioned.messageHash());
        agreesWithSava(legacy);
    }

    @Example
    void whatTheRuntimeWouldNotTakeIsNotReadEither() {
        byte[] good = Vectors.wire();
        assertThat(refusal(Arrays.copyOf(good, good.length + 1))).contains("goes on");
        assertThat(refusal(new byte[1233])).contains("too long");
        // More signatures than signers, a version that is not known, a length in more bytes than it takes
        assertThat(refusal(changed(130, 3))).contains("signature for each signer");
        assertThat(refusal(changed(129, 0x81))).contains("version");
        assertThat(refusal(changed(133, 0x88))).isNotEmpty();
        // No writable signer to pay the fees, more read-only accounts than there are, an account twice
        assertThat(refusal(changed(131, 2))).contains("header");
        assertThat(refusal(changed(132, 7))).contains("header");
        byte[] twice = good.clone();
        System.arraycopy(good, 134, twice, 134 + 32, 32);
        assertThat(refusal(twice)).contains("twice");
    }

    private static List<byte[]> samples() {
        SolanaTransaction versioned = Payments.of(Payments.LIMIT, Payments.PRICE, Payments.TRANSFER, Payments.MEMO);
        return Stream.of(Vectors.wire(), Payments.legacy(versioned).toBytes(), Payments.withLookup(versioned)).toList();
    }

    private static byte[] changed(int at, int value) {
        byte[] changed = Vectors.wire();
        changed[at] = (byte) value;
        return changed;
    }

    private static String refusal(byte[] bytes) {
        return ((SolanaTransaction.Decoding.Undecodable) SolanaTransaction.decode(bytes)).why();
    }

    private static void agreesWithSava(SolanaTransaction transaction) {
        SolanaMessage message = transaction.message();
        TransactionSkeleton other = TransactionSkeleton.deserializeSkeleton(transaction.toBytes());
        assertThat(other.numSigners()).isEqualTo(message.signers());
        assertThat(other.numReadonlySignedAccounts()).isEqualTo(message.readOnlySigners());
        assertThat(other.numReadonlyUnsignedAccounts()).isEqualTo(message.readOnlyOthers());
        assertThat(other.numIncludedAccounts()).isEqualTo(message.accounts().size());
        assertThat(other.isLegacy()).isEqualTo(message.version() == SolanaMessage.LEGACY);
        assertThat(other.base58BlockHash()).isEqualTo(message.blockhash());
        assertThat(other.feePayer().toBase58()).isEqualTo(message.feePayer());
        Instruction[] instructions = other.parseInstructionsWithoutAccounts();
        assertThat(instructions).hasSize(message.instructions().size());
        for (int i = 0; i < instructions.length; i++) {
            assertThat(instructions[i].programId().publicKey().toBase58())
                    .isEqualTo(message.instructions().get(i).program());
            assertThat(instructions[i].copyData()).isEqualTo(message.instructions().get(i).data());
        }
    }
}

package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.x402compute.x402.node.NodeUnavailable;

/**
 * A Solana network in memory, with one token and the programs that payments use. It checks signatures, forgets blockhashes,
 * executes each message once, and takes two blocks to confirm and 32 to finalize. How bad its network is, tests say.
 */
public final class FakeSolanaChain implements SolanaChain {
    public static final int BLOCKHASH_LIFE = 150;
    private static final int CONFIRMED_AFTER = 2;
    private static final int FINALIZED_AFTER = 32;
    private static final long SIGNATURE_FEE = 5_000;
    private static final long RENT = 2_039_280;
    private static final long FIRST_BLOCK = 1_000;
    private static final Instant FIRST_TIME = Instant.ofEpochSecond(1_760_000_000);

    private final String mint;
    private final String tokenProgram;
    private final RandomGenerator random;
    private final Deque<String> blockhashes = new ArrayDeque<>();
    private final Map<String, BigInteger> tokens = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Long> lamports = new HashMap<>();
    private final Map<String, Landed> landed = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private long block = FIRST_BLOCK;
    private double dropped;
    private int longestDelay;
    private double silent;
    private boolean unreachable;
    private Optional<String> refusal = Optional.empty();
    private int behind;
    private String hidden = "";
    private long hiddenUntil = -1;

    private record Landed(SolanaTransaction transaction, long block, Optional<String> error) {}

    private record Waiting(SolanaTransaction transaction, long atBlock) {}

    public FakeSolanaChain(String mint, String tokenProgram, RandomGenerator random) {
        this.mint = mint;
        this.tokenProgram = tokenProgram;
        this.random = random;
        blockhashes.add(hash());
    }

    /** Opens the owner's token account with that much in it. */
    public void fund(String owner, long micros) {
        String account = TokenAccounts.of(owner, mint, tokenProgram);
        owners.put(account, owner);
        tokens.put(account, BigInteger.valueOf(micros));
    }

    public void airdrop(String address, long amount) {
        lamports.merge(address, amount, Long::sum);
    }

    /** That share of what is handed in is lost. */
    public void drop(double share) {
        dropped = share;
    }

    /** What is handed in takes up to that many blocks to be executed. */
    public void delay(int blocks) {
        longestDelay = blocks;
    }

    /** That share of questions is not answered, though it has arrived. */
    public void silence(double share) {
        silent = share;
    }

    public void setUnreachable(boolean unreachable) {
        this.unreachable = unreachable;
    }

    public void refuseTransactions(String why) {
        refusal = Optional.of(why);
    }

    /** Statuses come from a node that is that many slots behind the others. */
    public void statusesLagBy(int slots) {
        behind = slots;
    }

    public long balance(String owner) {
        return tokens.getOrDefault(TokenAccounts.of(owner, mint, tokenProgram), BigInteger.ZERO).longValueExact();
    }

    public long lamports(String address) {
        return lamports.getOrDefault(address, 0L);
    }

    public boolean hasLanded(String transaction) {
        return landed.containsKey(transaction);
    }

    public List<String> questions() {
        return List.copyOf(questions);
    }

    public String newestBlockhash() {
        return blockhashes.getLast();
    }

    public void advance(int blocks) {
        for (int i = 0; i < blocks; i++) {
            block++;
            List<Waiting> due = waiting.stream().filter(sent -> sent.atBlock() <= block).toList();
            due.forEach(sent -> execute(sent.transaction()));
            waiting.removeAll(due);
            blockhashes.add(hash());
            if (block == hiddenUntil) {
                blockhashes.add(hidden);
            }
            if (blockhashes.size() > BLOCKHASH_LIFE) {
                blockhashes.remove();
            }
        }
    }

    /** Hides the newest blockhash for that many blocks, as a node does that is behind the one which gave it away. */
    public void forgetNewest(int blocks) {
        hidden = blockhashes.removeLast();
        hiddenUntil = block + blocks;
    }

    /** That many blocks in which nothing happens, after which nothing of before is remembered. */
    public void skip(long blocks) {
        block += blocks;
        advance(BLOCKHASH_LIFE);
    }

    @Override
    public String latestBlockhash() throws NodeUnavailable {
        asked("latestBlockhash");
        return blockhashes.getLast();
    }

    @Override
    public Height height(Commitment commitment) throws NodeUnavailable {
        asked("height");
        return new Height(slot(block(commitment)), block(commitment));
    }

    @Override
    public boolean remembers(String blockhash, Commitment commitment) throws NodeUnavailable {
        asked("remembers");
        List<String> newestLast = List.copyOf(blockhashes);
        long newer = block - block(commitment);
        return newestLast.indexOf(blockhash) >= 0 && newestLast.indexOf(blockhash) < newestLast.size() - newer;
    }

    @Override
    public Simulation simulate(SolanaTransaction transaction) throws NodeUnavailable {
        asked("simulate");
        if (!blockhashes.contains(transaction.message().blockhash())) {
            return new Simulation.Fails("BlockhashNotFound", true);
        }
        if (landed.containsKey(transaction.id())) {
            return new Simulation.Fails("AlreadyProcessed", false);
        }
        return run(transaction, false).<Simulation>map(why -> new Simulation.Fails(why, false))
                .orElseGet(Simulation.Succeeds::new);
    }

    @Override
    public Sending send(SolanaTransaction transaction) throws NodeUnavailable {
        if (unreachable) {
            throw new NodeUnavailable("the node did not answer");
        }
        if (refusal.isPresent()) {
            return new Sending.Refused(refusal.get());
        }
        if (random.nextDouble() >= dropped) {
            int delay = longestDelay == 0 ? 1 : 1 + random.nextInt(longestDelay);
            waiting.add(new Waiting(transaction, block + delay));
        }
        asked("send");
        return new Sending.Accepted();
    }

    @Override
    public Status status(String transaction) throws NodeUnavailable {
        asked("status");
        Optional<Landed> found = Optional.ofNullable(landed.get(transaction));
        return new Status(slot(block) - behind, found.filter(seen -> slot(seen.block()) <= slot(block) - behind)
                .map(seen -> new Execution(commitment(seen.block()), seen.error())));
    }

    @Override
    public Optional<Confirmed> confirmed(String transaction) throws NodeUnavailable {
        asked("confirmed");
        return Optional.ofNullable(landed.get(transaction)).filter(seen -> block - seen.block() >= CONFIRMED_AFTER)
                .map(seen -> new Confirmed(seen.transaction().toBytes(), timeOf(seen.block()), seen.error()));
    }

    /** By the clock of a network whose blocks are half a second apart. */
    public static Instant timeOf(long block) {
        return FIRST_TIME.plusMillis(500 * (block - FIRST_BLOCK));
    }

    public long block() {
        return block;
    }

    @Override
    public Optional<Account> account(String address) throws NodeUnavailable {
        asked("account");
        if (owners.containsKey(address)) {
            return Optional.of(new Account(tokenProgram, RENT));
        }
        return Optional.ofNullable(lamports.get(address)).map(amount -> new Account(Programs.SYSTEM, amount));
    }

    private void execute(SolanaTransaction transaction) {
        SolanaMessage message = transaction.message();
        if (landed.containsKey(transaction.id()) || !blockhashes.contains(message.blockhash())
                || !IntStream.range(0, message.signers()).allMatch(transaction::isSignedBy)) {
            return;
        }
        lamports.merge(message.feePayer(), -SIGNATURE_FEE * message.signers(), Long::sum);
        landed.put(transaction.id(), new Landed(transaction, block, run(transaction, true)));
    }

    /** Why it would fail, if it would. */
    private Optional<String> run(SolanaTransaction transaction, boolean really) {
        SolanaMessage message = transaction.message();
        for (SolanaMessage.Instruction call : message.instructions()) {
            if (call.program().equals(Programs.ASSOCIATED_TOKEN)) {
                open(message.accounts().get(call.accounts().get(1)), message.accounts().get(call.accounts().get(2)),
                        message.feePayer(), really);
            }
            Optional<String> failure = TokenTransfer.in(message, call).flatMap(transfer -> move(transfer, really));
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private void open(String account, String owner, String payer, boolean really) {
        if (really && owners.putIfAbsent(account, owner) == null) {
            tokens.put(account, BigInteger.ZERO);
            lamports.merge(payer, -RENT, Long::sum);
        }
    }

    private Optional<String> move(TokenTransfer transfer, boolean really) {
        BigInteger balance = tokens.getOrDefault(transfer.source(), BigInteger.ZERO);
        boolean known = transfer.mint().equals(mint) && transfer.program().equals(tokenProgram)
                && owners.containsKey(transfer.destination())
                && transfer.authority().equals(owners.get(transfer.source()));
        if (!known) {
            return Optional.of("InvalidAccountData");
        }
        if (transfer.decimals() != 6) {
            return Optional.of("MintDecimalsMismatch");
        }
        if (balance.compareTo(transfer.amount()) < 0) {
            return Optional.of("{\"InstructionError\":[2,{\"Custom\":1}]}: insufficient funds");
        }
        if (really) {
            tokens.put(transfer.source(), balance.subtract(transfer.amount()));
            tokens.merge(transfer.destination(), transfer.amount(), BigInteger::add);
        }
        return Optional.empty();
    }

    private void asked(String question) throws NodeUnavailable {
        questions.add(question);
        if (unreachable || (silent > 0 && random.nextDouble() < silent)) {
            throw new NodeUnavailable("the node did not answer");
        }
    }

    private long block(Commitment commitment) {
        return switch (commitment) {
            case PROCESSED -> block;
            case CONFIRMED -> block - CONFIRMED_AFTER;
            case FINALIZED -> block - FINALIZED_AFTER;
        };
    }

    private Commitment commitment(long at) {
        if (block - at >= FINALIZED_AFTER) {
            return Commitment.FINALIZED;
        }
        return block - at >= CONFIRMED_AFTER ? Commitment.CONFIRMED : Commitment.PROCESSED;
    }

    /** Every tenth slot has no block. */
    private static long slot(long block) {
        return block + block / 9;
    }

    private String hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, 1, (byte) 1);
        return Base58.encode(bytes);
    }
}

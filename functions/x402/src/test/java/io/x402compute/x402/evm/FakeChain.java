package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Permit2Authorization;

/**
 * A chain in memory with one token on it and a pool of waiting transactions. Transactions are decoded, their senders
 * recovered and their numbers kept in order, as on a real one; they are mined when a test says so.
 */
public final class FakeChain implements EvmChain {
    public static final BigInteger BASE_FEE = BigInteger.valueOf(5_000_000);
    public static final BigInteger PRIORITY_FEE = BigInteger.valueOf(1_000_000);

    private static final String NOBODY = "0x" + "0".repeat(40);

    private final FakeToken token;
    private final FakePermit2 permit2;
    private final long chainId;
    private final Map<String, Signature1271> accountsWithCode = new HashMap<>();
    private final Map<String, Deployment> factories = new HashMap<>();
    private final Set<String> withoutErc1271 = new HashSet<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, TreeMap<Long, Sent>> pool = new HashMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private final Map<String, ContractCall> calls = new HashMap<>();
    private final Map<String, Block> blocks = new HashMap<>();
    private final Map<String, List<ContractCall>> traces = new HashMap<>();
    private final TreeMap<Long, List<Log>> logs = new TreeMap<>();
    private final List<String> questions = new ArrayList<>();

    private Instant time;
    private long number = 1_000;
    private boolean unreachable;
    private boolean minesAtOnce;
    private boolean tracing = true;
    private boolean hasMulticall3 = true;
    private Optional<String> refusal = Optional.empty();
    private long gas = 90_000;
    private final Map<String, BigInteger> balances = new HashMap<>();
    private Fees fees = new Fees(BASE_FEE, PRIORITY_FEE);

    /** A contract wallet's own opinion of a signature. */
    public interface Signature1271 extends BiPredicate<byte[], byte[]> {}

    /** The one wallet that a factory makes. */
    private record Deployment(String callData, String wallet, Signature1271 opinion) {}

    private record Sent(String hash, String to, String data, BigInteger priority, BigInteger most) {
        boolean replaces(Sent before) {
            BigInteger ten = BigInteger.TEN;
            BigInteger eleven = BigInteger.valueOf(11);
            return priority.multiply(ten).compareTo(before.priority.multiply(eleven)) >= 0
                    && most.multiply(ten).compareTo(before.most.multiply(eleven)) >= 0;
        }

        boolean pays(Fees fees) {
            return priority.compareTo(fees.priority()) >= 0
                    && most.compareTo(fees.base().add(fees.priority())) >= 0;
        }
    }

    public FakeChain(TokenDomain domain, Instant time) {
        this.token = new FakeToken(domain,
                (transfer, digest, signature) -> isSignedBy(transfer.from(), digest, signature));
        this.permit2 = new FakePermit2(token, this::isSignedBy, domain.chainId());
        this.chainId = domain.chainId();
        this.time = time;
    }

    public FakeToken token() {
        return token;
    }

    public FakePermit2 permit2() {
        return permit2;
    }

    /** A contract wallet, or an account that its key's owner has delegated to one. */
    public void putWallet(String address, Signature1271 opinion) {
        accountsWithCode.put(Hex.lowerCase(address), opinion);
    }

    /** A factory that makes that wallet when it is called so, and does nothing more once it has. */
    public void putFactory(String address, String callData, String wallet, Signature1271 opinion) {
        factories.put(Hex.lowerCase(address), new Deployment(callData, Hex.lowerCase(wallet), opinion));
    }

    public void removeMulticall3() {
        hasMulticall3 = false;
    }

    /** An account delegated to code that knows nothing of ERC-1271: its fallback takes every call and returns nothing. */
    public void delegate(String address) {
        withoutErc1271.add(Hex.lowerCase(address));
        putWallet(address, (digest, signature) -> false);
    }

    public synchronized void setUnreachable(boolean unreachable) {
        this.unreachable = unreachable;
    }

    public synchronized void setMinesAtOnce() {
        minesAtOnce = true;
    }

    public synchronized void refuseTransactions(String why) {
        refusal = Optional.of(why);
    }

    public synchronized void setGas(long units) {
        gas = units;
    }

    /** Everybody else has no native money. */
    public synchronized void setBalance(String address, BigInteger wei) {
        balances.put(Hex.lowerCase(address), wei);
    }

    public synchronized void setFees(BigInteger base, BigInteger priority) {
        fees = new Fees(base, priority);
    }

    public synchronized void setTime(Instant later) {
        time = later;
        number++;
    }

    public synchronized void skipBlocks(long blocks) {
        number += blocks;
    }

    /** What was asked since the start, by method. */
    public synchronized List<String> questions() {
        return List.copyOf(questions);
    }

    /** Puts every transaction whose turn it is, and that pays for it, into a block. */
    public synchronized void mine() {
        number++;
        pool.forEach((sender, waiting) -> {
            while (waiting.containsKey(counts.getOrDefault(sender, 0L))
                    && waiting.get(counts.getOrDefault(sender, 0L)).pays(fees)) {
                long next = counts.getOrDefault(sender, 0L);
                Sent sent = waiting.remove(next);
                counts.put(sender, next + 1);
                calls.put(sent.hash(), new ContractCall(sent.to(), sent.data()));
                put(sent.hash(), carriedOut(sender, new ContractCall(sent.to(), sent.data()), sent.hash()));
                receipts.get(sent.hash()).logs()
                        .forEach(log -> logs.computeIfAbsent(number, n -> new ArrayList<>()).add(log));
            }
        });
    }

    /** Somebody else's transaction. */
    public synchronized String execute(List<String> calls) {
        number++;
        String hash = Hex.of(Keccak.hash("somebody " + number));
        List<Log> all = new ArrayList<>();
        for (String call : calls) {
            Receipt receipt = token.execute(NOBODY, new ContractCall(token.address(), call), time, hash);
            if (!receipt.succeeded()) {
                throw new AssertionError("the test's own transaction reverts");
            }
            for (Log log : receipt.logs()) {
                all.add(new Log(log.contract(), log.topics(), log.data(), all.size(), hash));
            }
        }
        put(hash, new Receipt(true, List.copyOf(all)));
        logs.put(number, all);
        return hash;
    }

    /**
     * Somebody has those calls made by a contract, each to where it goes. What that contract was told is not to be
     * understood.
     */
    public synchronized String executeThrough(String contract, List<ContractCall> inner) {
        number++;
        String hash = Hex.of(Keccak.hash("somebody " + number));
        List<Log> all = new ArrayList<>();
        for (ContractCall call : inner) {
            Receipt receipt = carriedOut(Hex.lowerCase(contract), call, hash);
            if (!receipt.succeeded()) {
                throw new AssertionError("the test's own transaction reverts");
            }
            all.addAll(receipt.logs());
        }
        calls.put(hash, new ContractCall(contract, "0x"));
        traces.put(hash, List.copyOf(inner));
        put(hash, new Receipt(true, List.copyOf(all)));
        logs.put(number, all);
        return hash;
    }

    /** Somebody sends that call. */
    public synchronized String executeDirectly(ContractCall call) {
        return executeAs(NOBODY, call);
    }

    /** That account sends it. */
    public synchronized String executeAs(String account, ContractCall call) {
        String hash = executeThrough(account, List.of(call));
        calls.put(hash, call);
        return hash;
    }

    /** Somebody sends that call, and it fails. */
    public synchronized String executeInVain(ContractCall call) {
        number++;
        String hash = Hex.of(Keccak.hash("somebody " + number));
        calls.put(hash, call);
        put(hash, new Receipt(false, List.of()));
        return hash;
    }

    private void put(String hash, Receipt receipt) {
        receipts.put(hash, receipt);
        blocks.put(hash, new Block(number, time));
    }

    /** The payer uses the nonce of a permit for something else. */
    public synchronized void spend(Permit2Authorization permit) {
        number++;
        permit2.use(permit, number);
    }

    /** Like most nodes that one does not pay for. */
    public synchronized void withoutTraces() {
        tracing = false;
    }

    @Override
    public synchronized long chainId() throws ChainUnavailable {
        asked("chainId");
        return chainId;
    }

    @Override
    public synchronized Block latestBlock() throws ChainUnavailable {
        asked("latestBlock");
        return new Block(number, time);
    }

    @Override
    public synchronized boolean hasCode(String address) throws ChainUnavailable {
        asked("hasCode " + Hex.lowerCase(address));
        return token.isAt(address) || permit2.isAt(address) || accountsWithCode.containsKey(Hex.lowerCase(address));
    }

    @Override
    public synchronized CallOutcome call(String to, String data) throws ChainUnavailable {
        asked("call");
        return undone(NOBODY, new ContractCall(Hex.lowerCase(to), data));
    }

    @Override
    public synchronized CallOutcome callFrom(String from, ContractCall call) throws ChainUnavailable {
        asked("call");
        return undone(Hex.lowerCase(from), new ContractCall(Hex.lowerCase(call.to()), call.data()));
    }

    /** Carries a call out and forgets the wallets that it made. */
    private CallOutcome undone(String from, ContractCall call) {
        Map<String, Signature1271> before = Map.copyOf(accountsWithCode);
        try {
            return run(from, call);
        } finally {
            accountsWithCode.clear();
            accountsWithCode.putAll(before);
        }
    }

    private CallOutcome run(String from, ContractCall call) {
        if (FakeMulticall3.isAt(call.to()) && hasMulticall3) {
            return FakeMulticall3.answer(call.data(), inner -> run(call.to(), inner));
        }
        if (permit2.isAt(call.to())) {
            return permit2.call(from, call, time, number);
        }
        if (factories.containsKey(call.to())) {
            return deploy(factories.get(call.to()), call.data());
        }
        if (withoutErc1271.contains(call.to())) {
            return new CallOutcome.Returned("0x");
        }
        Signature1271 wallet = accountsWithCode.get(call.to());
        return wallet == null ? token.call(call.to(), call.data(), time) : isValidSignature(wallet, call.data());
    }

    private CallOutcome deploy(Deployment deployment, String callData) {
        if (!deployment.callData().equals(callData)) {
            return new CallOutcome.Reverted("no owners");
        }
        accountsWithCode.putIfAbsent(deployment.wallet(), deployment.opinion());
        return new CallOutcome.Returned("0x" + "0".repeat(24) + deployment.wallet().substring(2));
    }

    /** What a mined transaction does. */
    private Receipt carriedOut(String from, ContractCall call, String transaction) {
        if (permit2.isAt(call.to())) {
            return permit2.execute(from, call, time, number, transaction);
        }
        if (!FakeMulticall3.isAt(call.to())) {
            return token.execute(from, call, time, transaction);
        }
        if (undone(from, call) instanceof CallOutcome.Reverted) {
            return new Receipt(false, List.of());
        }
        List<Log> all = new ArrayList<>();
        for (FakeMulticall3.Part part : FakeMulticall3.parts(call.data())) {
            if (factories.containsKey(part.call().to())) {
                run(call.to(), part.call());
            } else {
                all.addAll(carriedOut(call.to(), part.call(), transaction).logs());
            }
        }
        return new Receipt(true, List.copyOf(all));
    }

    @Override
    public synchronized CallOutcome callAt(long block, String to, String data) throws ChainUnavailable {
        if (block > number) {
            throw new ChainUnavailable("header not found");
        }
        ContractCall call = new ContractCall(Hex.lowerCase(to), data);
        return permit2.isAt(to) ? permit2.call(NOBODY, call, time, block) : undone(NOBODY, call);
    }

    @Override
    public synchronized GasEstimate estimateGas(String from, String to, String data) throws ChainUnavailable {
        asked("estimateGas");
        return switch (undone(Hex.lowerCase(from), new ContractCall(Hex.lowerCase(to), data))) {
            case CallOutcome.Returned returned -> new GasEstimate.Units(gas);
            case CallOutcome.Reverted(String why) -> new GasEstimate.Reverted(why);
        };
    }

    @Override
    public synchronized Fees fees() throws ChainUnavailable {
        asked("fees");
        return fees;
    }

    @Override
    public synchronized long minedCount(String address) throws ChainUnavailable {
        asked("minedCount");
        return counts.getOrDefault(Hex.lowerCase(address), 0L);
    }

    @Override
    public synchronized BigInteger balance(String address) throws ChainUnavailable {
        asked("balance");
        return balances.getOrDefault(Hex.lowerCase(address), BigInteger.ZERO);
    }

    @Override
    public synchronized long transactionCount(String address) throws ChainUnavailable {
        asked("transactionCount");
        long count = counts.getOrDefault(Hex.lowerCase(address), 0L);
        TreeMap<Long, Sent> waiting = pool.getOrDefault(Hex.lowerCase(address), new TreeMap<>());
        while (waiting.containsKey(count)) {
            count++;
        }
        return count;
    }

    @Override
    public synchronized Broadcast send(String signedTransaction) throws ChainUnavailable {
        asked("send");
        if (refusal.isPresent()) {
            return new Broadcast.Refused(refusal.get());
        }
        byte[] raw = Hex.bytes(signedTransaction);
        List<RlpType> fields = fields(raw);
        String hash = Hex.of(Keccak.hash(raw));
        String sender = sender(raw[0], fields);
        long count = numberIn(fields, 1);
        if (count < counts.getOrDefault(sender, 0L)) {
            return new Broadcast.NumberUsed();
        }
        Sent sent = new Sent(hash, Hex.of(bytesIn(fields, 5)), Hex.of(bytesIn(fields, 7)),
                new BigInteger(1, bytesIn(fields, 2)), new BigInteger(1, bytesIn(fields, 3)));
        TreeMap<Long, Sent> waiting = pool.computeIfAbsent(sender, s -> new TreeMap<>());
        Sent before = waiting.get(count);
        if (before != null && before.equals(sent)) {
            return new Broadcast.AlreadyKnown();
        }
        if (before != null && !sent.replaces(before)) {
            return new Broadcast.Underpriced();
        }
        waiting.put(count, sent);
        if (minesAtOnce) {
            mine();
        }
        return new Broadcast.Accepted();
    }

    @Override
    public synchronized Optional<Receipt> receipt(String transaction) throws ChainUnavailable {
        asked("receipt");
        return Optional.ofNullable(receipts.get(transaction));
    }

    @Override
    public synchronized Optional<ContractCall> transactionCall(String transaction) throws ChainUnavailable {
        asked("transactionCall");
        return Optional.ofNullable(calls.get(transaction));
    }

    @Override
    public synchronized Optional<Mined> mined(String transaction) throws ChainUnavailable {
        asked("mined");
        return Optional.ofNullable(receipts.get(transaction))
                .map(receipt -> new Mined(blocks.get(transaction), calls.get(transaction), receipt));
    }

    @Override
    public synchronized List<ContractCall> tracedCalls(String transaction) throws ChainUnavailable {
        asked("tracedCalls");
        if (!tracing) {
            throw new ChainUnavailable("the node answered -32601: method not found");
        }
        return traces.get(transaction);
    }

    @Override
    public synchronized List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock)
            throws ChainUnavailable {
        asked("logs");
        return logs.subMap(fromBlock, true, toBlock, true).values().stream().flatMap(List::stream)
                .filter(log -> log.contract().equalsIgnoreCase(contract) && log.topics().size() >= topics.size())
                .filter(log -> IntStream.range(0, topics.size())
                        .allMatch(place -> topics.get(place).contains(log.topics().get(place))))
                .toList();
    }

    private void asked(String question) throws ChainUnavailable {
        if (unreachable) {
            throw new ChainUnavailable("the node did not answer");
        }
        questions.add(question);
    }

    private boolean isSignedBy(String account, byte[] digest, byte[] signature) {
        Signature1271 wallet = accountsWithCode.get(account);
        return wallet != null
                ? wallet.test(digest, signature)
                : EcdsaSignature.ofTokenCall(signature).flatMap(s -> Ecdsa.fastest().signer(digest, s))
                        .filter(account::equals).isPresent();
    }

    private static CallOutcome isValidSignature(Signature1271 wallet, String data) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(data);
        if (!arguments.isFor("isValidSignature(bytes32,bytes)")) {
            return new CallOutcome.Reverted("execution reverted");
        }
        String magic = wallet.test(arguments.word(0), arguments.bytes(1)) ? "1626ba7e" : "ffffffff";
        return new CallOutcome.Returned("0x" + magic + "0".repeat(56));
    }

    private static List<RlpType> fields(byte[] raw) {
        RlpList outer = RlpDecoder.decode(Arrays.copyOfRange(raw, 1, raw.length));
        return ((RlpList) outer.getValues().get(0)).getValues();
    }

    private static String sender(byte type, List<RlpType> fields) {
        byte[] list = RlpEncoder.encode(new RlpList(fields.subList(0, 9)));
        byte[] unsigned = new byte[1 + list.length];
        unsigned[0] = type;
        System.arraycopy(list, 0, unsigned, 1, list.length);
        byte[] compact = new Words(2).uint(new BigInteger(1, bytesIn(fields, 10)))
                .uint(new BigInteger(1, bytesIn(fields, 11))).toBytes();
        EcdsaSignature signature = new EcdsaSignature(compact, (int) numberIn(fields, 9));
        return Ecdsa.fastest().signer(Keccak.hash(unsigned), signature).orElseThrow();
    }

    private static byte[] bytesIn(List<RlpType> fields, int place) {
        return ((RlpString) fields.get(place)).getBytes();
    }

    private static long numberIn(List<RlpType> fields, int place) {
        return new BigInteger(1, bytesIn(fields, place)).longValueExact();
    }
}

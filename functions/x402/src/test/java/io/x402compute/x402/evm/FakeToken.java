package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;

/** USDC's contract as far as payments touch it: its checks in its order, its words, its events. */
public final class FakeToken {
    private static final String TRANSFER_EVENT = Hex.of(Keccak.hash("Transfer(address,address,uint256)"));

    private final TokenDomain domain;
    private final SignatureCheck signatures;
    private final Map<String, BigInteger> balances = new HashMap<>();
    private final Map<String, BigInteger> allowances = new HashMap<>();
    private final Set<String> spent = new HashSet<>();
    private boolean supportsEip3009 = true;
    private boolean deployed = true;
    private boolean silent;

    interface SignatureCheck {
        boolean isSigned(Eip3009Authorization transfer, byte[] digest, byte[] signature);
    }

    FakeToken(TokenDomain domain, SignatureCheck signatures) {
        this.domain = domain;
        this.signatures = signatures;
    }

    public void mint(String account, long amount) {
        balances.merge(Hex.lowerCase(account), BigInteger.valueOf(amount), BigInteger::add);
    }

    /** Lets Permit2 take that much. */
    public void approvePermit2(String account, long amount) {
        allowances.put(Hex.lowerCase(account), BigInteger.valueOf(amount));
    }

    public void burnAll(String account) {
        balances.remove(Hex.lowerCase(account));
    }

    public long balance(String account) {
        return balances.getOrDefault(Hex.lowerCase(account), BigInteger.ZERO).longValueExact();
    }

    public void withoutEip3009() {
        supportsEip3009 = false;
    }

    public void undeploy() {
        deployed = false;
    }

    /** From now on it lies: transfers succeed and nothing happens. */
    public void becomeSilent() {
        silent = true;
    }

    boolean isAt(String address) {
        return deployed && address.equalsIgnoreCase(domain.contract());
    }

    String address() {
        return domain.contract();
    }

    CallOutcome call(String to, String data, Instant time) {
        if (!isAt(to)) {
            return new CallOutcome.Returned("0x");
        }
        Arguments arguments = new Arguments(data);
        if (arguments.isFor("name()")) {
            return text(domain.name());
        }
        if (arguments.isFor("version()")) {
            return text(domain.version());
        }
        if (arguments.isFor("DOMAIN_SEPARATOR()")) {
            return new CallOutcome.Returned(Hex.of(domain.separator()));
        }
        if (arguments.isFor("balanceOf(address)")) {
            return word(balances.getOrDefault(arguments.address(0), BigInteger.ZERO));
        }
        if (arguments.isFor("allowance(address,address)")) {
            return word(allowances.getOrDefault(arguments.address(0), BigInteger.ZERO));
        }
        if (!supportsEip3009) {
            return new CallOutcome.Reverted("execution reverted");
        }
        if (arguments.isFor("authorizationState(address,bytes32)")) {
            boolean isSpent = spent.contains(arguments.address(0) + Hex.of(arguments.word(1)));
            return word(isSpent ? BigInteger.ONE : BigInteger.ZERO);
        }
        return check(arguments.transfer(), arguments.signature(), time);
    }

    Receipt execute(String sender, ContractCall call, Instant time, String transaction) {
        if (call.data().equals("0x")) {
            return new Receipt(true, List.of());
        }
        Arguments arguments = new Arguments(call.data());
        if (arguments.isFor("transfer(address,uint256)")) {
            return isRichAs(sender, arguments.number(1))
                    ? new Receipt(true, List.of(move(sender, arguments.address(0), arguments.number(1), transaction)))
                    : new Receipt(false, List.of());
        }
        if (arguments.isFor("cancelAuthorization(address,bytes32)")) {
            return cancel(arguments, transaction);
        }
        Eip3009Authorization transfer = arguments.transfer();
        if (check(transfer, arguments.signature(), time) instanceof CallOutcome.Reverted) {
            return new Receipt(false, List.of());
        }
        if (silent) {
            return new Receipt(true, List.of());
        }
        spent.add(transfer.from() + transfer.nonce());
        String from = Eip3009Token.topicOf(transfer.from());
        Log used = new Log(Hex.lowerCase(call.to()), List.of(Eip3009Token.AUTHORIZATION_USED, from, transfer.nonce()),
                "0x", 0,
                transaction);
        Log moved = move(transfer.from(), transfer.to(), transfer.value(), transaction);
        return new Receipt(true, List.of(used, moved));
    }

    Log move(String from, String to, BigInteger amount, String transaction) {
        balances.merge(from, amount.negate(), BigInteger::add);
        balances.merge(to, amount, BigInteger::add);
        return new Log(Hex.lowerCase(domain.contract()),
                List.of(TRANSFER_EVENT, Eip3009Token.topicOf(from), Eip3009Token.topicOf(to)),
                Hex.of(new Words(1).uint(amount).toBytes()), 1, transaction);
    }

    /** Whether the first words of a call are a permit (EIP-2612) of the owner's for Permit2, who has used none before. */
    boolean takesPermit(String owner, Arguments arguments) {
        byte[] digest = Eip2612Digest.of(domain, owner, Hex.lowerCase(Permit2.ADDRESS), arguments.number(0),
                BigInteger.ZERO, arguments.number(1));
        byte[] signature = new byte[EcdsaSignature.LENGTH];
        System.arraycopy(arguments.word(2), 0, signature, 0, Words.WORD);
        System.arraycopy(arguments.word(3), 0, signature, Words.WORD, Words.WORD);
        signature[EcdsaSignature.COMPACT_LENGTH] = arguments.number(4).byteValueExact();
        return EcdsaSignature.ofTokenCall(signature).flatMap(s -> Ecdsa.fastest().signer(digest, s))
                .filter(owner::equals).isPresent();
    }

    boolean isRichAs(String account, BigInteger amount) {
        return balances.getOrDefault(account, BigInteger.ZERO).compareTo(amount) >= 0;
    }

    boolean isAllowed(String from, BigInteger amount) {
        return allowances.getOrDefault(from, BigInteger.ZERO).compareTo(amount) >= 0 && isRichAs(from, amount);
    }

    /** A call that cancels, without the signature that the real one wants. */
    public static String cancelCall(Eip3009Authorization transfer) {
        return Abi.call("cancelAuthorization", new Address(transfer.from()),
                new Bytes32(Hex.bytes(transfer.nonce())));
    }

    /** A call that sends what is the sender's own. */
    public static String transferCall(String to, long amount) {
        return Abi.call("transfer", new Address(to), new Uint256(amount));
    }

    private Receipt cancel(Arguments arguments, String transaction) {
        String nonce = Hex.of(arguments.word(1));
        spent.add(arguments.address(0) + nonce);
        return new Receipt(true, List.of(new Log(Hex.lowerCase(domain.contract()),
                List.of(Eip3009Token.AUTHORIZATION_CANCELED, Eip3009Token.topicOf(arguments.address(0)), nonce), "0x",
                0,
                transaction)));
    }

    private CallOutcome check(Eip3009Authorization transfer, byte[] signature, Instant time) {
        BigInteger now = BigInteger.valueOf(time.getEpochSecond());
        if (now.compareTo(transfer.validAfter()) <= 0) {
            return new CallOutcome.Reverted("FiatTokenV2: authorization is not yet valid");
        }
        if (now.compareTo(transfer.validBefore()) >= 0) {
            return new CallOutcome.Reverted("FiatTokenV2: authorization is expired");
        }
        if (spent.contains(transfer.from() + transfer.nonce())) {
            return new CallOutcome.Reverted("FiatTokenV2: authorization is used or canceled");
        }
        if (!signatures.isSigned(transfer, TransferDigest.of(domain, transfer), signature)) {
            return new CallOutcome.Reverted("FiatTokenV2: invalid signature");
        }
        if (balances.getOrDefault(transfer.from(), BigInteger.ZERO).compareTo(transfer.value()) < 0) {
            return new CallOutcome.Reverted("ERC20: transfer amount exceeds balance");
        }
        return new CallOutcome.Returned("0x");
    }

    private static CallOutcome word(BigInteger number) {
        return new CallOutcome.Returned(Hex.of(new Words(1).uint(number).toBytes()));
    }

    private static CallOutcome text(String text) {
        byte[] padded = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), Words.WORD);
        return new CallOutcome.Returned(
                Hex.of(new Words(3).uint(Words.WORD).uint(text.length()).bytes32(padded).toBytes()));
    }

    /** The arguments of a call, read without the library that wrote them. */
    record Arguments(byte[] data) {
        private static final int SELECTOR = 4;

        Arguments(String hex) {
            this(Hex.bytes(hex));
        }

        boolean isFor(String function) {
            return Arrays.equals(data, 0, SELECTOR, Keccak.hash(function), 0, SELECTOR);
        }

        byte[] word(int place) {
            return Arrays.copyOfRange(data, SELECTOR + place * Words.WORD, SELECTOR + (place + 1) * Words.WORD);
        }

        BigInteger number(int place) {
            return new BigInteger(1, word(place));
        }

        String address(int place) {
            return Hex.of(Arrays.copyOfRange(word(place), Words.WORD - 20, Words.WORD));
        }

        byte[] bytes(int place) {
            int start = number(place).intValueExact() / Words.WORD;
            int from = SELECTOR + (start + 1) * Words.WORD;
            return Arrays.copyOfRange(data, from, from + number(start).intValueExact());
        }

        Eip3009Authorization transfer() {
            return new Eip3009Authorization(address(0), address(1), number(2), number(3), number(4), Hex.of(word(5)));
        }

        byte[] signature() {
            String head = "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,";
            if (isFor(head + "bytes)")) {
                return bytes(6);
            }
            if (!isFor(head + "uint8,bytes32,bytes32)")) {
                throw new AssertionError("an unknown function is called");
            }
            byte[] signature = Arrays.copyOfRange(data, SELECTOR + 7 * Words.WORD, SELECTOR + 9 * Words.WORD + 1);
            signature[2 * Words.WORD] = number(6).byteValueExact();
            return signature;
        }
    }
}

package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Hex;

/** The contract that makes several calls in one, as far as payments call it. */
final class FakeMulticall3 {
    private static final int SELECTOR = 4;

    private FakeMulticall3() {}

    static boolean isAt(String address) {
        return address.equalsIgnoreCase(Multicall3.ADDRESS);
    }

    record Part(ContractCall call, boolean mayFail) {}

    /** The calls in a call. */
    static List<Part> parts(String data) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(data);
        boolean aggregate = arguments.isFor("aggregate3((address,bool,bytes)[])");
        if (!aggregate && !arguments.isFor("tryAggregate(bool,(address,bytes)[])")) {
            throw new AssertionError("an unknown function is called");
        }
        byte[] words = Arrays.copyOfRange(arguments.data(), SELECTOR, arguments.data().length);
        WordReader reader = new WordReader(words);
        int array = reader.number(aggregate ? 0 : Words.WORD);
        int elements = array + Words.WORD;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < reader.number(array); i++) {
            int element = elements + reader.number(elements + i * Words.WORD);
            int bytes = element + reader.number(element + (aggregate ? 2 : 1) * Words.WORD);
            String to = Hex.of(Arrays.copyOfRange(words, element + 12, element + Words.WORD));
            boolean mayFail = !aggregate || reader.number(element + Words.WORD) == 1;
            parts.add(new Part(new ContractCall(to, Hex.of(reader.bytes(bytes))), mayFail));
        }
        return parts;
    }

    /** What it returns, or that it fails with the first call that may not. */
    static CallOutcome answer(String data, Function<ContractCall, CallOutcome> run) {
        List<DynamicStruct> results = new ArrayList<>();
        for (Part part : parts(data)) {
            CallOutcome outcome = run.apply(part.call());
            if (outcome instanceof CallOutcome.Reverted && !part.mayFail()) {
                return new CallOutcome.Reverted("Multicall3: call failed");
            }
            results.add(switch (outcome) {
                case CallOutcome.Returned(String returned) -> result(true, Hex.bytes(returned));
                case CallOutcome.Reverted(String why) -> result(false, error(why));
            });
        }
        return new CallOutcome.Returned(
                "0x" + new DefaultFunctionEncoder()
                        .encodeParameters(List.of(new DynamicArray<>(DynamicStruct.class, results))));
    }

    private static DynamicStruct result(boolean succeeded, byte[] returned) {
        return new DynamicStruct(new Bool(succeeded), new DynamicBytes(returned));
    }

    /** {@code Error(string)}. */
    private static byte[] error(String why) {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        int words = (text.length + Words.WORD - 1) / Words.WORD;
        byte[] selector = Hex.bytes(Abi.ERROR_SELECTOR);
        byte[] error = Arrays.copyOf(selector, SELECTOR + (2 + words) * Words.WORD);
        byte[] head = new Words(2).uint(Words.WORD).uint(BigInteger.valueOf(text.length)).toBytes();
        System.arraycopy(head, 0, error, SELECTOR, head.length);
        System.arraycopy(text, 0, error, SELECTOR + head.length, text.length);
        return error;
    }
}

package io.x402compute.x402.evm;

import java.util.ArrayList;
import java.util.List;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Hex;

/**
 * Several calls in one, by a contract that stands at the same address on nearly every chain.
 *
 * @see <a href="https://www.multicall3.com">multicall3.com</a>
 */
public final class Multicall3 {
    public static final String ADDRESS = "0xcA11bde05977b3631167028862bE2a173976CA11";

    private static final String SAYS_NOTHING = "execution reverted";

    private Multicall3() {}

    /** The first may fail, without effect; unless the second succeeds, all of it fails. */
    static ContractCall withPrelude(ContractCall prelude, ContractCall call) {
        return of("aggregate3((address,bool,bytes)[])", array(call3(prelude, true), call3(call, false)));
    }

    /** Each by itself on the state that those before it leave, for {@link #outcomes} to tell. */
    static ContractCall each(ContractCall... calls) {
        List<DynamicStruct> parts = new ArrayList<>();
        for (ContractCall call : calls) {
            parts.add(new DynamicStruct(new Address(call.to()), new DynamicBytes(Hex.bytes(call.data()))));
        }
        return of("tryAggregate(bool,(address,bytes)[])", new Bool(false),
                array(parts.toArray(DynamicStruct[]::new)));
    }

    /** What became of {@link #each} call; empty where no such contract has answered. */
    static List<CallOutcome> outcomes(CallOutcome answer) {
        return switch (answer) {
            case CallOutcome.Returned(String data) -> outcomes(data);
            case CallOutcome.Reverted reverted -> List.of();
        };
    }

    private static List<CallOutcome> outcomes(String data) {
        List<CallOutcome> outcomes = new ArrayList<>();
        try {
            WordReader reader = new WordReader(Hex.bytes(data));
            int array = reader.number(0);
            int elements = array + Words.WORD;
            for (int i = 0; i < reader.number(array); i++) {
                int element = elements + reader.number(elements + i * Words.WORD);
                boolean succeeded = reader.number(element) != 0;
                String returned = Hex.of(reader.bytes(element + reader.number(element + Words.WORD)));
                outcomes.add(succeeded
                        ? new CallOutcome.Returned(returned)
                        : new CallOutcome.Reverted(Abi.revertText(returned).orElse(SAYS_NOTHING)));
            }
        } catch (RuntimeException notResults) {
            return List.of();
        }
        return List.copyOf(outcomes);
    }

    private static DynamicStruct call3(ContractCall call, boolean mayFail) {
        return new DynamicStruct(new Address(call.to()), new Bool(mayFail), new DynamicBytes(Hex.bytes(call.data())));
    }

    private static DynamicArray<DynamicStruct> array(DynamicStruct... parts) {
        return new DynamicArray<>(DynamicStruct.class, List.of(parts));
    }

    private static ContractCall of(String function, Type<?>... arguments) {
        return new ContractCall(ADDRESS, Abi.callOf(function, arguments));
    }
}

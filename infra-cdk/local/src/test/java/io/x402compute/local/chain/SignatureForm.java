package io.x402compute.local.chain;

/** The two ways in which FiatToken takes a signature. */
enum SignatureForm {
    VRS("0xe3ee160e", "0xef55bec6", "0x5a049a70") {
        @Override
        String arguments(String words, String signature) {
            return words
                    + Abi.words(signature.substring(130), signature.substring(2, 66), signature.substring(66, 130));
        }
    },
    BYTES("0xcf092995", "0x88b7ab63", "0xb7b72899") {
        @Override
        String arguments(String words, String signature) {
            int offset = words.length() / 2 + 32;
            int length = signature.length() / 2 - 1;
            String padding = "0".repeat(64 - signature.substring(2).length() % 64);
            return words + Abi.word(offset) + Abi.word(length) + signature.substring(2) + padding;
        }
    };

    private final String transferSelector;
    private final String receiveSelector;
    private final String cancelSelector;

    SignatureForm(String transferSelector, String receiveSelector, String cancelSelector) {
        this.transferSelector = transferSelector;
        this.receiveSelector = receiveSelector;
        this.cancelSelector = cancelSelector;
    }

    abstract String arguments(String words, String signature);

    String transfer(Authorization authorization, String signature) {
        return transferSelector + arguments(authorization.words(), signature);
    }

    String receive(Authorization authorization, String signature) {
        return receiveSelector + arguments(authorization.words(), signature);
    }

    String cancel(Authorization authorization, String signature) {
        return cancelSelector + arguments(Abi.words(authorization.from(), authorization.nonce()), signature);
    }
}

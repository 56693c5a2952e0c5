package io.x402compute.running;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values that programs stumble over. */
final class Nasty {
    /** As JSON, some of it none. */
    private static final List<String> JSON = List.of(
            "null", "true", "false", "0", "-0", "1", "-1", "23", "24", "24.0", "24.5", "4320", "4321", "2147483647",
            "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551640",
            "1e3", "1e400", "1e-400", "1e2147483647", "100e2147483647", "1e99999999999", "NaN", "Infinity", "0x18",
            "024", "+1", ".5", "9".repeat(999), "9".repeat(1_001), "\"\"", "\" \"", "\"0\"", "\"24\"", "\"-1\"",
            "\"null\"", "\"0x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ufeff\"", "\"\\u202e\"",
            "\"\\u0662\\u0664\"", "\"\ud83d\udcbb\"", "\"a\\r\\nb\"", "\"a\nb\"", "\"../../etc/passwd\"",
            "\"$(reboot)\"", "\"' OR 1=1 --\"", "\"{{7*7}}\"", "\"0x" + "0".repeat(40) + "\"",
            "\"0x" + "f".repeat(64) + "\"", "\"0x" + "ff".repeat(65) + "\"", "\"" + "x".repeat(63) + "\"",
            "\"" + "x".repeat(9_000) + "\"", "\"1157920892373161954235709850086879078532699846656405640394575840079131"
                    + "29639935\"",
            "\"eip155:8453\"", "\"base\"", "\"base-sepolia\"", "\"solana\"", "\"exact\"", "[]", "{}", "[[]]", "[null]",
            "[24]", "{\"a\":1,\"a\":2}", "[".repeat(999) + "]".repeat(999), "[".repeat(1_001), "\"", "}", "'a'", "");

    /** As text of a path, a query or a header. */
    private static final List<String> TEXTS = List.of(
            "", " ", "\t", "0", "-1", "null", "undefined", "*", "/", "//", ".", "..", "../..", "%", "%00", "%2F",
            "%2e%2e%2f", "%zz", "%c0%af", "%ff", "%D9%A2", "?", "#", "&", "=", ";", ",", ":", "@", "{", "}", "{id}",
            "[", "]", "'", "\"", "\\", "$", "\u0000", "\u0007", "\u007f", "\u00a0", "\u00e9", "\u0662", "\u202e",
            "\ud83d\udcbb", "a,b", "a, a", "a\r\nX-Injected: 1", "a\nX-Injected: 1", "a\r\n\r\nGET /health HTTP/1.1",
            "e30=", "e31=", "bnVsbA==", "MWU5OTk5OTk5OTk5OQ==", "0x", "0x" + "0".repeat(40), "0x" + "00".repeat(65),
            "0x" + "ff".repeat(65), "1".repeat(32), "1".repeat(44), "z".repeat(44), "1e400", "9223372036854775808",
            "99999999999999999999", "999999999999999", "base", "solana", "hex", "base58", "base64", "gzip",
            "text/plain", "application/json;charset=utf-16", "multipart/form-data; boundary=x", "x402c_",
            "x402c_" + "A".repeat(48), "00000000-0000-0000-0000-000000000000", "a".repeat(300), "a".repeat(9_000),
            "a".repeat(11_000));

    private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS",
            "TRACE", "CONNECT", "get", "POSt", "PROPFIND", "X", "", "G\u0000T");

    private static final int PRINTABLE = 0x21;
    private static final int LAST_OF_LATIN = 0x100;

    private Nasty() {}

    static String json(RandomGenerator random) {
        return any(JSON, random);
    }

    /** From the list, or pure noise. */
    static String text(RandomGenerator random) {
        return random.nextInt(4) > 0 ? any(TEXTS, random) : noise(random);
    }

    static String method(RandomGenerator random) {
        return any(METHODS, random);
    }

    static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private static String noise(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(40); left > 0; left--) {
            text.append((char) random.nextInt(PRINTABLE, LAST_OF_LATIN));
        }
        return text.toString();
    }
}

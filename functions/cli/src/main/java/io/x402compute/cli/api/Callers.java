package io.x402compute.cli.api;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.wallet.Key;

/** Who can be said to send a request. The key file is only read where its key is needed: an API key stands in for the wallet. */
public final class Callers {
    private final Optional<String> apiKey;
    private final Supplier<Optional<Key>> keyFile;
    private final Clock clock;

    /** @param clock within a few minutes of the API's */
    public Callers(Optional<String> apiKey, Supplier<Optional<Key>> keyFile, Clock clock) {
        this.apiKey = apiKey;
        this.keyFile = keyFile;
        this.clock = clock;
    }

    /**
     * The wallet that pays.
     *
     * @throws CommandFailed without a key file
     */
    public Key wallet() {
        return keyFile.get().orElseThrow(() -> new CommandFailed(ExitCode.USAGE,
                "this takes a wallet: name the file with its private key in --key-file or X402COMPUTE_KEY_FILE"));
    }

    /** What tells the owner's requests from another's. It may be a secret: to be hashed, and nothing else. */
    public String owner() {
        return apiKey.orElseGet(() -> wallet().address());
    }

    void putOwner(HttpRequest.Builder request, String path, Call call) {
        if (apiKey.isPresent()) {
            request.header("X-API-Key", apiKey.get());
            return;
        }
        Key key = keyFile.get().orElseThrow(() -> new CommandFailed(ExitCode.USAGE, "who is asking? set "
                + "X402COMPUTE_API_KEY, or name the file with your wallet's private key in --key-file or "
                + "X402COMPUTE_KEY_FILE"));
        sign(request, path, call, key);
    }

    void putWallet(HttpRequest.Builder request, String path, Call call) {
        sign(request, path, call, wallet());
    }

    private void sign(HttpRequest.Builder request, String path, Call call, Key key) {
        Map<String, String> headers = key.signer(clock).headers(call.method(), path, call.bytes());
        headers.forEach(request::header);
    }
}

package io.x402compute.cli.purchase;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.api.Refusal;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.wallet.Key;
import io.x402compute.x402.client.Journal;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.client.PayingClientBuilder;
import io.x402compute.x402.client.Purchase;
import io.x402compute.x402.client.SignedPayment;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.RpcSolanaChain;

/** One purchase with the wallet's USDC: what became of it, and how the command ends for that. */
final class WalletPayment {
    private static final Duration NODE = Duration.ofSeconds(15);
    /** A run that was tried, for which nothing was taken: for good, whoever asks again. */
    private static final Set<String> CAME_TO_NOTHING = Set.of("run_failed", "upstream_timeout", "input_refused");

    private final ComputeApi api;
    private final Shell shell;
    private final Terms terms;
    private final Journal journal;

    WalletPayment(ComputeApi api, Shell shell, Terms terms, Journal journal) {
        this.api = api;
        this.shell = shell;
        this.terms = terms;
        this.journal = journal;
    }

    /**
     * Pays, or sends again what was paid.
     *
     * @param agreed what it may cost
     * @param over is run where the purchase will not happen, so that nobody goes on with it
     */
    Bought pay(Call call, Usdc agreed, Runnable over) {
        try {
            return bought(client(agreed).send(api.unsigned(call)), agreed, over);
        } catch (IOException e) {
            throw unpaid(e);
        } catch (IllegalArgumentException e) {
            over.run();
            throw new CommandFailed(ExitCode.USAGE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted");
        }
    }

    private Bought bought(Purchase purchase, Usdc agreed, Runnable over) {
        return switch (purchase) {
            case Purchase.Paid(var response, var payment, var receipt) -> delivered(Answer.of(response), payment, over);
            case Purchase.NothingAsked(var response) -> free(Answer.of(response), over);
            case Purchase.Unpayable(var response) -> {
                over.run();
                throw new CommandFailed(ExitCode.UNPAID, "the API asks for no payment that the wallet %s could make"
                        .formatted(api.callers().wallet().address()));
            }
            case Purchase.OverLimit(var response, Usdc price, Usdc left) -> {
                over.run();
                throw overLimit(price, left, agreed);
            }
            case Purchase.Pending(var response, var payment) ->
                throw unknown("the API has the payment of %s, and it is not settled yet".formatted(payment.amount()));
            case Purchase.Unanswered(var payment, var cause) ->
                throw unknown("a payment of %s was sent, and no answer came".formatted(payment.amount()));
            case Purchase.Refused(var response, var payment, boolean inDoubt) ->
                throw refused(Answer.of(response), payment, inDoubt, over);
        };
    }

    private Bought delivered(Answer answer, SignedPayment payment, Runnable over) {
        if (answer.isSuccess()) {
            return new Bought(answer.body(), Optional.of(payment.amount()));
        }
        if (answer.retryAfter().isPresent()) {
            throw Refusal.of(answer, ExitCode.UNFINISHED);
        }
        over.run();
        throw Refusal.of(answer, ExitCode.FAILED);
    }

    private static Bought free(Answer answer, Runnable over) {
        if (answer.isSuccess()) {
            return new Bought(answer.body(), Optional.empty());
        }
        CommandFailed failure = Refusal.of(answer);
        if (failure.exitCode() != ExitCode.UNFINISHED) {
            over.run();
        }
        throw failure;
    }

    private CommandFailed overLimit(Usdc price, Usdc left, Usdc agreed) {
        String why;
        if (price.compareTo(agreed) > 0) {
            why = "it costs %s now, and you have agreed to %s: run the command again".formatted(price, agreed);
        } else if (price.compareTo(terms.most()) > 0) {
            why = "it costs %s, more than the %s that one purchase may: raise --max-usdc".formatted(price,
                    terms.most());
        } else {
            why = "it costs %s, and of today's %s (UTC) only %s are left: raise --max-usdc-per-day".formatted(price,
                    terms.mostPerDay(), left);
        }
        return new CommandFailed(ExitCode.UNPAID, why);
    }

    /** The wish is kept: the same payment goes on being the one for it until it has lapsed. */
    private static CommandFailed refused(Answer answer, SignedPayment payment, boolean inDoubt, Runnable over) {
        if (Refusal.code(answer).filter(CAME_TO_NOTHING::contains).isPresent()) {
            over.run();
            return Refusal.of(answer, ExitCode.FAILED);
        }
        if (answer.retryAfter().isPresent()) {
            return Refusal.of(answer, ExitCode.UNFINISHED);
        }
        CommandFailed words = Refusal.of(answer, ExitCode.UNPAID);
        String next = inDoubt
                ? "it may have been taken earlier: look on the chain, then run the command again, with --new if it was not"
                : "put right what it says and run the command again: until %s with the same payment, then with a new one"
                        .formatted(payment.lapsesAt());
        return new CommandFailed(ExitCode.UNPAID,
                "the payment of %s was refused; %s; %s".formatted(payment.amount(), words.getMessage(), next))
                .inTheWordsOf(words.code(), words.requestId());
    }

    private static CommandFailed unknown(String what) {
        return new CommandFailed(ExitCode.UNFINISHED, what + "; run the same command again: it is not paid twice");
    }

    /** Nothing was sent that could be taken. */
    private CommandFailed unpaid(IOException why) {
        if (why.getCause() instanceof NodeUnavailable) {
            return new CommandFailed(ExitCode.UNREACHABLE, "the Solana node does not answer, and nothing was paid; "
                    + "name another in X402COMPUTE_SOLANA_RPC_URL or --solana-rpc-url");
        }
        boolean fromTheNetwork = why instanceof HttpTimeoutException || why.getCause() != null;
        return fromTheNetwork
                ? api.unreachable(why)
                : new CommandFailed(ExitCode.FAILED, "the payment could not be written down, so it was not made: "
                        + why.getMessage());
    }

    private PayingClient client(Usdc agreed) throws IOException {
        Usdc most = agreed.compareTo(terms.most()) < 0 ? agreed : terms.most();
        PayingClientBuilder builder = switch (api.callers().wallet()) {
            case Key.OnEvm(var wallet) -> PayingClient.of(wallet, most);
            case Key.OnSolana(var wallet) ->
                PayingClient.of(wallet, new RpcSolanaChain(terms.solanaNode(), NODE, NODE), most);
        };
        return builder.perDay(terms.mostPerDay()).journal(journal).httpClient(api.http()).clock(shell.clock())
                .waiter(this::waitForSettlement).build();
    }

    private void waitForSettlement(Duration time) throws InterruptedException {
        shell.say("The payment is being settled; asking again in %d s.".formatted(time.toSeconds()));
        shell.pause().await(time);
    }
}

package io.x402compute.cli.purchase;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.api.Refusal;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.Consent;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.shell.StateFolder;
import io.x402compute.x402.client.FileJournal;
import io.x402compute.x402.protocol.Usdc;

/**
 * Does what must happen once. A wish is on the disk, with the price that was agreed to, before anything is sent for it, and stays
 * there until its answer has been told. Whoever asks for the same before that goes on with it: nothing is quoted, asked or paid a
 * second time.
 */
public final class Till {
    private final ComputeApi api;
    private final Shell shell;
    private final StateFolder state;
    private final Wishes wishes;

    public Till(ComputeApi api, Shell shell) {
        this.api = api;
        this.shell = shell;
        this.state = shell.state();
        this.wishes = new Wishes(state.unfinished());
    }

    /**
     * Buys what the call asks for.
     *
     * @param quote asks for the price, and tells it
     * @param deliver does the rest of the command; when it returns the purchase is over, and while it is interrupted or not
     *     finished the same command comes back to it. Others may buy meanwhile
     * @throws CommandFailed when it is not bought, or not known to be
     */
    public void buy(Call call, Terms terms, Supplier<Usdc> quote, Consumer<Bought> deliver) {
        String owner = terms.onCredit() ? api.callers().owner() : api.callers().wallet().address();
        Call wanted = terms.name().map(call::named).orElse(call);
        String id = Wishes.id(api.url().toString(), wanted, owner);
        Bought bought = withJournal(journal -> {
            Wish wish = begun(id, terms.anew()).orElseGet(() -> begin(id, agreed(quote.get(), terms), terms.name()));
            Call named = wanted.named(wish.name());
            return terms.onCredit()
                    ? spend(named, () -> end(id))
                    : new WalletPayment(api, shell, terms, journal).pay(named, wish.agreed(), () -> end(id));
        });
        // What has its owner's name is known by that for ever.
        finish(() -> deliver.accept(bought), terms.name().isPresent() ? () -> {} : () -> end(id));
    }

    /**
     * Asks for something that is to happen once, or is told once: after an answer that got lost it can be asked for again.
     *
     * @param send asks in whose name it takes
     * @param deliver tells the answer
     */
    public void once(Call call, String owner, Function<Call, Answer> send, Consumer<Answer> deliver) {
        String id = Wishes.id(api.url().toString(), call, owner);
        Answer answer = withJournal(journal -> {
            Wish wish = begun(id, false).orElseGet(() -> begin(id, Usdc.ZERO, Optional.empty()));
            return send.apply(call.named(wish.name()));
        });
        finish(() -> deliver.accept(answer.orFail()), () -> end(id));
    }

    private static void finish(Runnable delivery, Runnable end) {
        try {
            delivery.run();
        } catch (CommandFailed e) {
            if (e.exitCode() != ExitCode.UNFINISHED) {
                end.run();
            }
            throw e;
        }
        end.run();
    }

    private Optional<Wish> begun(String id, boolean anew) {
        Optional<Wish> earlier = anew ? Optional.empty() : attempt(() -> wishes.find(id));
        earlier.ifPresent(wish -> shell.say("Going on with what was begun at %s: nothing is paid or done twice."
                .formatted(wish.begunAt())));
        return earlier;
    }

    private Wish begin(String id, Usdc agreed, Optional<String> name) {
        Wish wish = new Wish(name.orElseGet(() -> UUID.randomUUID().toString()),
                shell.clock().instant().truncatedTo(ChronoUnit.SECONDS), agreed);
        return attempt(() -> {
            wishes.keep(id, wish);
            return wish;
        });
    }

    private void end(String id) {
        try {
            wishes.end(id);
        } catch (IOException e) {
            shell.say("warning: %s; until it is deleted the same command is answered with this purchase"
                    .formatted(e.getMessage()));
        }
    }

    private Usdc agreed(Usdc price, Terms terms) {
        if (price.compareTo(terms.most()) > 0) {
            throw new CommandFailed(ExitCode.UNPAID,
                    "it costs %s, more than the %s that one purchase may: raise --max-usdc"
                            .formatted(price, terms.most()));
        }
        Consent.require(shell, terms.agreed() || price.compareTo(terms.askAbove()) <= 0,
                "%s %s?".formatted(terms.onCredit() ? "Spend credit of" : "Pay", price),
                "pass --yes, or --confirm-above " + price.dollars().stripTrailingZeros().toPlainString());
        return price;
    }

    private Bought spend(Call call, Runnable over) {
        Answer answer = api.send(api.asksForOwner(call));
        if (!answer.isSuccess()) {
            CommandFailed failure = Refusal.of(answer);
            if (failure.exitCode() != ExitCode.UNFINISHED) {
                over.run();
            }
            throw failure;
        }
        return new Bought(answer.body(), Optional.empty());
    }

    /** Nobody else buys at the same time. */
    private <T> T withJournal(Function<FileJournal, T> work) {
        return attempt(() -> {
            state.create();
            return state.alone(() -> {
                try (FileJournal journal = FileJournal.open(state.journal())) {
                    return work.apply(journal);
                }
            });
        });
    }

    private static <T> T attempt(StateFolder.OnDisk<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "what has to be written down cannot be, so nothing was sent: "
                    + e.getMessage());
        }
    }
}

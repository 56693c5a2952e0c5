package io.x402compute.simulation.world;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

import io.x402compute.event.DomainEvent;
import io.x402compute.inference.Job;
import io.x402compute.instance.Instance;
import io.x402compute.instance.Machine;
import io.x402compute.instance.MachineSpec;
import io.x402compute.page.PageRequest;
import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;

/** What went over a port, in few words. */
final class Spoken {
    private Spoken() {}

    static String of(Object[] arguments) {
        return arguments == null
                ? "()"
                : Arrays.stream(arguments).map(Spoken::of).collect(Collectors.joining(", ", "(", ")"));
    }

    static String of(Object value) {
        return switch (value) {
            case null -> "nothing";
            case Claim claim -> "order %s v%d %s %s".formatted(brief(claim.order().orderId().toString()),
                    claim.version(), claim.state(), claim.reason());
            case Instance instance -> "%s v%d %s until %s%s%s".formatted(brief(instance.id().toString()),
                    instance.version(), instance.state(), instance.expiresAt().toString().substring(11),
                    instance.machine().map(machine -> " on " + machine.providerId()).orElse(""),
                    instance.termination().map(end -> " to " + end.outcome() + " " + end.reason()).orElse(""));
            case Job job -> "job %s v%d %s%s".formatted(brief(job.id().toString()), job.version(), job.state(),
                    job.seen() ? " seen" : "");
            case Machine machine -> machine.providerId() + (machine.ready() ? " ready" : " booting");
            case Payment payment -> "payment " + brief(payment.key());
            case PaymentKey key -> "payment " + brief(key);
            case MachineSpec spec -> spec.plan();
            case PageRequest<?> page -> "page";
            case DomainEvent event -> event.id();
            case Optional<?> optional -> optional.map(Spoken::of).orElse("none");
            case Collection<?> many -> many.stream().map(Spoken::of).collect(Collectors.joining(", ", "[", "]"));
            default -> shortened(value.toString());
        };
    }

    private static String brief(PaymentKey key) {
        return brief(key.value().substring(key.value().lastIndexOf("/0x") + 3));
    }

    private static String brief(String id) {
        return id.substring(0, 8);
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}

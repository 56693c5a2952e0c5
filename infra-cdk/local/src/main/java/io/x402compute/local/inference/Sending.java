package io.x402compute.local.inference;

import java.io.IOException;
import java.io.OutputStream;

import com.sun.net.httpserver.HttpExchange;

/** Puts answers on the wire. */
final class Sending {
    private Sending() {}

    static void all(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            OutputStream body = begin(exchange, reply);
            for (byte[] part : reply.parts()) {
                body.write(part);
                body.flush();
            }
        }
    }

    /** @throws IOException always: the server cuts the connection of a handler that fails, and ends properly any that is closed */
    static void half(HttpExchange exchange, Reply reply) throws IOException {
        OutputStream body = begin(exchange, reply);
        if (reply.parts().size() > 1) {
            for (byte[] part : reply.parts().subList(0, reply.parts().size() / 2)) {
                body.write(part);
            }
        } else {
            byte[] part = reply.parts().getFirst();
            body.write(part, 0, part.length / 2);
        }
        body.flush();
        throw new IOException("cut, as ordered");
    }

    private static OutputStream begin(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.parts().size() > 1 ? 0 : length(reply.parts().getFirst()));
        return exchange.getResponseBody();
    }

    /** As that server wants it said. */
    private static int length(byte[] body) {
        return body.length == 0 ? -1 : body.length;
    }
}

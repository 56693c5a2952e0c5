package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

class LocalEvmTest {
    private static final int LIMIT_MILLIS = 10_000;

    @Test
    void agentsHaveAMillionDollarsAndTheOperatorNone() {
        try (LocalEvm evm = LocalEvm.start(0)) {
            for (int agent = 1; agent <= 5; agent++) {
                assertThat(evm.balanceOf(evm.address(agent))).isEqualTo(1_000_000_000_000L);
                assertThat(evm.transactionCount(evm.address(agent))).isZero();
            }
            assertThat(evm.balanceOf(evm.address(0))).isZero();
            assertThat(evm.transfersTo(evm.address(0))).isEmpty();
        }
    }

    @Test
    void countsWhatAnAddressReceived() {
        try (LocalEvm evm = LocalEvm.start(0)) {
            evm.mint(evm.address(0), 7);
            evm.mint(evm.address(0), 8);

            assertThat(evm.transfersTo(evm.address(0))).extracting(Transfer::micros).containsExactly(7L, 8L);
        }
    }

    @Test
    void advancesByWholeSecondsAndKeepsTheFractions() {
        try (LocalEvm evm = LocalEvm.start(0)) {
            long before = evm.blockTime();

            evm.advance(Duration.ofHours(24));
            evm.advance(Duration.ofMillis(500));
            evm.advance(Duration.ofMillis(500));

            assertThat(evm.blockTime() - before).isBetween(86_401L, 86_431L);
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> LocalEvm.start(stranger.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + stranger.getLocalPort() + " is taken");
        }
    }

    @Test
    void stopsTheNodeOnClose() throws IOException {
        LocalEvm evm = LocalEvm.start(0);
        URI rpcUrl = evm.rpcUrl();

        evm.close();

        assertThatThrownBy(() -> connect(rpcUrl)).isInstanceOf(ConnectException.class);
    }

    /** SIGKILL runs no shutdown hook. The node closes no idle connection this early: only its death does. */
    @Test
    void theNodeDiesWithAKilledJvm() throws IOException {
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), HoldChain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            URI rpcUrl = URI.create(jvm.inputReader().readLine());
            try (Socket connection = connect(rpcUrl)) {
                connection.setSoTimeout(LIMIT_MILLIS);

                jvm.destroyForcibly();

                assertThat(isClosedByPeer(connection)).isTrue();
            }
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static Socket connect(URI rpcUrl) throws IOException {
        return new Socket(rpcUrl.getHost(), rpcUrl.getPort());
    }

    private static boolean isClosedByPeer(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read() == -1;
        } catch (SocketException _) {
            return true;
        }
    }
}

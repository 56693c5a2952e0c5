package io.x402compute.inference.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideUrlsTest {
    private final OutsideUrls urls = new OutsideUrls(false);

    @ParameterizedTest
    @ValueSource(strings = {
        "https://example.com/a.mp3", "https://example.com:8443/a?b=c#d", "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "HTTPS://EXAMPLE.COM"})
    void publicHostsMayBeAsked(String url) {
        assertThat(urls.parse(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https:///a", "//example.com/a",
        "example.com",
        "https://user@example.com/", "https://user:pass@example.com/", "https://exa mple.com/", "https://ex_ample/",
        "https://localhost/", "https://LOCALHOST/", "https://a.localhost/", "https://printer.local/",
        "https://metadata.google.internal/", "https://db/", "https://db./", "https://127.0.0.1/", "https://127.1/",
        "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://10.0.0.1/", "https://172.16.0.1/",
        "https://192.168.1.1/", "https://169.254.169.254/", "https://100.64.0.1/", "https://0.0.0.0/",
        "https://255.255.255.255/", "https://224.0.0.1/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/",
        "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
        "https://10.0.0.1./", ""})
    void everythingElseMayNot(String url) {
        assertThat(urls.parse(url)).isEmpty();
    }

    @Test
    void inTheLocalRunThisMachineMayBeAskedAndNoOtherInsideIt() {
        OutsideUrls local = new OutsideUrls(true);

        assertThat(local.parse("http://localhost:4023/a.wav")).isPresent();
        assertThat(local.parse("http://127.0.0.1:4023/a.wav")).isPresent();
        assertThat(local.parse("http://192.168.0.1/a.wav")).isEmpty();
        assertThat(local.parse("http://example.com/a.wav")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "10.1.2.3", "169.254.170.2", "192.0.2.1", "198.18.0.1", "203.0.113.1", "240.0.0.1", "::1",
        "fe80::1", "fc00::1", "2001:db8::1", "2001::1", "2002::1", "3fff::1", "::ffff:10.0.0.1", "100::1"})
    void whatANameStandsForIsJudgedByItsAddress(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.128.0.1", "172.32.0.1", "198.20.0.1", "2a00:1450::1"})
    void neighboursOfReservedRangesArePublic(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }
}

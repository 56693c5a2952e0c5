package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshPublicKeyTest {
    static final String ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhOVRKxv3iSfI9zFDYjRlU9xZiEeI+6a886vfQgE2qY";
    private static final String ECDSA = "ecdsa-sha2-nistp256 "
            + "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGEorDPzedMwnPDL/42W2jNriZHLKDYokiBOSNzX6mrl"
            + "UdQkI+XHAegch45CntP9kW/kZ8nOAugqHcHsVrESO18=";
    private static final String RSA_3072 = "ssh-rsa "
            + "AAAAB3NzaC1yc2EAAAADAQABAAABgQDNMnCyt/oN4ueoG5XGsHWs6FrADGrZjNchZh7zY8EZOpV7QKgcwQEMGLyKcdRw5nvaP6zeHk/m"
            + "mDDWVYCVrjYr8GKy0h+jhpqckEZTAONv6VeqsHHmeUOB1+5zsVd+qmw3TJdllGRT4b1aHq5KkMDHktvmr7YJJyz7DEQq09p1dUPcSfnr"
            + "1DiYV+lyroqlMSgTeyAC2hv4qEykMXI8U3/XbfHQUUtpX2NkiGi99W+0mvXO5lzmCT8Q99WxsZ67kOlYtMkWMW0dR/H/Z1HxUcT8FWOB"
            + "XxPXDrXGfNNOzshnn20xFkUCTjuX+U2rJNbNkJB5MyNtV6aU4oQorp2YM1Aigiy4pOSodRkVzQIi59wUFwGNgwtEGE8XCAarVlIwSY0k"
            + "R+lQM9WYljjyA08czNqW/h32/l5b7A+C2Ifsvm+4MF3kMouVto9ph1YCMFOmG8hSjN4BUpumwfgiMj06AP4OyiZGw8d5sLaJ0qLWgZzP"
            + "gtKdc1gx+pRYLzA65ml1BS0=";

    @ParameterizedTest
    @ValueSource(strings = {ED25519, ECDSA, RSA_3072})
    void aKeyIsItsTypeAndBodyWithoutComment(String key) {
        assertThat(SshPublicKey.of("  " + key + "  me@laptop ' \"\n").orElseThrow().line()).isEqualTo(key);
    }

    @Test
    void aSecondLineIsRefused() {
        assertThat(SshPublicKey.of(ED25519 + "\nssh_pwauth: true")).isEmpty();
        assertThat(SshPublicKey.of(ED25519 + "\r" + ED25519)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "ssh-ed25519",
        "ssh-dss AAAAB3NzaC1kc3M=",
        "command=\"sh\" " + ED25519,
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIFhOVRKxv3iSfI9zFDYjRlU9xZiEeI+6a886vfQgE2qY",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhOVRKxv3iSfI9zFDYjRlU9xZiEeI+6a886vfQgE2",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhOVRKxv3iSfI9zFDYjRlU9xZiEeI+6a886vfQgE2qYAAAA",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/////w==",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhOVRKxv3iSfI9zFDYjRlU9xZiEeI+6a886vfQgE2q$(id)",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQE=",
        "-----BEGIN OPENSSH PRIVATE KEY-----"})
    void whatWouldLetNobodyInIsNoKey(String text) {
        assertThat(SshPublicKey.of(text)).isEmpty();
    }
}

package io.x402compute.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedZipTest {
    @TempDir
    private Path folder;

    @Test
    void sameJarsGiveTheSameBytesWhenEverTheyWereMade() throws IOException {
        byte[] older = deployed(
                zip(1_000_000_000_000L, Map.of("lib/a.jar", zip(1_000_000_000_000L, Map.of("A.class", "a")))));
        byte[] newer = deployed(
                zip(1_700_000_000_000L, Map.of("lib/a.jar", zip(1_600_000_000_000L, Map.of("A.class", "a")))));
        assertThat(older).isEqualTo(newer);
    }

    @Test
    void everyClassArrives() throws IOException {
        Map<String, String> classes = Map.of("A.class", "a", "p/B.class", "b", "META-INF/services/p.S", "p.B");
        assertThat(text(unzip(unzip(deployed(functions(classes))).get("lib/a.jar")))).isEqualTo(classes);
    }

    @Test
    void jarIsNoLongerSignedButStillMultiRelease() throws IOException {
        String manifest = """
                Manifest-Version: 1.0
                Multi-Release: true

                Name: A.class
                SHA-256-Digest: AAAA

                """;
        byte[] zip = deployed(
                functions(
                        Map.of(
                                "META-INF/MANIFEST.MF", manifest, "META-INF/BC.SF", "s", "META-INF/BC.RSA", "r",
                                "A.class",
                                "a")));
        Map<String, byte[]> jar = unzip(unzip(zip).get("lib/a.jar"));
        assertThat(jar).containsOnlyKeys("META-INF/MANIFEST.MF", "A.class");
        Manifest kept = new Manifest(new ByteArrayInputStream(jar.get("META-INF/MANIFEST.MF")));
        assertThat(kept.getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
        assertThat(kept.getEntries()).isEmpty();
    }

    @Test
    void reportNamesTheLargestFirst() throws IOException {
        ZipReport report = ZipReport
                .of(write(zip(0, Map.of("lib/small.jar", zip(0, Map.of("A.class", "a")), "lib/large.jar",
                        zip(0, Map.of("B.class", noise(50_000)))))));
        assertThat(report.table()).containsSubsequence("lib/large.jar", "lib/small.jar");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void localRunAndTestLibrariesAreNeverDeployed() throws IOException {
        assertThat(problems("io/x402compute/local/LocalCloud.class")).singleElement().asString().contains("LocalCloud",
                "a.jar");
        assertThat(problems("org/junit/jupiter/api/Test.class")).hasSize(1);
        assertThat(problems("software/amazon/dynamodb/services/local/main/ServerRunner.class")).hasSize(1);
        assertThat(problems("io/netty/channel/Channel.class")).hasSize(1);
        assertThat(problems("software/amazon/awssdk/services/dynamodb/DynamoDbClient.class")).isEmpty();
    }

    @Test
    void onlyMachineCodeForLambdasLinuxIsDeployed() throws IOException {
        assertThat(problems("native/windows/secp256k1-jni.dll")).hasSize(1);
        assertThat(problems("native/darwin/libsecp256k1-jni.dylib")).hasSize(1);
        assertThat(problems("native/linux-armv7/libsecp256k1-jni.so")).hasSize(1);
        assertThat(problems("native/linux-aarch64/libsecp256k1-jni.so")).isEmpty();
        assertThat(problems("native/linux-x86_64/libsecp256k1-jni.so")).isEmpty();
    }

    @Test
    void tooLargeIsAProblem() throws IOException {
        Path zip = write(zip(0, Map.of("lib/a.jar", zip(0, Map.of("A.class", noise((int) ZipReport.MOST_BYTES))))));
        assertThat(ZipReport.of(zip).problems()).singleElement().asString().contains("20,000,000");
    }

    private List<String> problems(String name) throws IOException {
        return ZipReport.of(write(functions(Map.of(name, "x")))).problems();
    }

    private byte[] deployed(byte[] functions) throws IOException {
        Path deployed = folder.resolve("deployed.zip");
        DeployedZip.write(write(functions), deployed);
        return Files.readAllBytes(deployed);
    }

    private Path write(byte[] zip) throws IOException {
        return Files.write(folder.resolve("functions.zip"), zip);
    }

    private static byte[] functions(Map<String, String> classes) throws IOException {
        return zip(0, Map.of("lib/a.jar", zip(0, classes)));
    }

    private static byte[] zip(long epochMillis, Map<String, ?> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, ?> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setTime(epochMillis);
                zip.putNextEntry(entry);
                zip.write(
                        content.getValue() instanceof byte[] raw ? raw : content.getValue().toString().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            entries.put(entry.getName(), zip.readAllBytes());
        }
        return entries;
    }

    private static Map<String, String> text(Map<String, byte[]> entries) {
        Map<String, String> text = new LinkedHashMap<>();
        entries.forEach((name, bytes) -> text.put(name, new String(bytes, UTF_8)));
        return text;
    }

    /** Bytes that do not compress. */
    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}

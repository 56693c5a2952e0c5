package io.x402compute.local.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

import io.x402compute.local.LocalClock;
import io.x402compute.local.template.LambdaFunction;

/**
 * How the JVM of a function is started. As on Lambda, its class path is AWS's runtime client and nothing of the function:
 * the client itself loads the code, from the folder it is started in. Added here is the local clock, and flags that make
 * many such JVMs cheap on one machine.
 */
final class FunctionJvm {
    /** What the class path is made of; the clock is looked up as a service. */
    private static final List<Class<?>> RUNTIME = List.of(
            AWSLambda.class, LambdaRuntime.class, PojoSerializer.class, SdkInternalThreadLocal.class);

    private final Path folder;
    private final List<String> command;

    /** @param folder for what such JVMs need and write, the same for all */
    FunctionJvm(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("tmp"));
            this.command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED",
                    // The client logs in frames to a descriptor that it is given by number; the JDK has no other way.
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    // As in Lambda's own runtime: without it the hooks of a snapshot are silently not run.
                    "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                    // Otherwise each JVM unpacks it to one and the same place, while others are loading it.
                    "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + nativeClient(),
                    "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                    "-D" + LocalClock.SHARED_FILE + "=" + LocalClock.sharedFile(),
                    "-cp", classPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the processes of the functions", e);
        }
    }

    /**
     * A JVM for that function.
     *
     * @param taskRoot the unpacked zip
     * @param environment the function's variables; of ours it gets none
     * @param runtimeApi where it finds its Runtime API
     * @param output what it prints and logs goes there
     */
    Process start(LambdaFunction function, Path taskRoot, Map<String, String> environment, String runtimeApi,
            Path output) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add(AWSLambda.class.getName());
        words.add(function.handler());
        ProcessBuilder process = BoundProcess.builder(words).directory(taskRoot.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        process.environment().clear();
        process.environment().putAll(lambdas(function, taskRoot, runtimeApi));
        process.environment().putAll(environment);
        return process.start();
    }

    /** A new file for what a process prints and logs. */
    Path outputOf(LambdaFunction function) throws IOException {
        return Files.createTempFile(folder, function.handlerName() + "-", ".log");
    }

    /** The variables that Lambda sets for a function that is restored from a snapshot. */
    private static Map<String, String> lambdas(LambdaFunction function, Path taskRoot, String runtimeApi) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes())),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                Map.entry("_HANDLER", function.handler()),
                Map.entry("_LAMBDA_TELEMETRY_LOG_FD", "1"),
                Map.entry("LAMBDA_TASK_ROOT", taskRoot.toString()),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"),
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    private String classPath() throws IOException {
        Path clock = folder.resolve("clock");
        write(clock.resolve("META-INF/services").resolve(Clock.class.getName()), LocalClock.class.getName());
        copy("/" + LocalClock.class.getName().replace('.', '/') + ".class", clock);
        return Stream.concat(RUNTIME.stream().map(FunctionJvm::jarOf), Stream.of(clock)).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @throws IllegalStateException where AWS has none: its runtime client is for Linux */
    private Path nativeClient() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException(
                    "AWS's runtime client runs on Linux only, so functions can have processes of "
                            + "their own on Linux only; leave local.processes out.");
        }
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        return copy("/jni/libaws-lambda-jni.linux-" + processor + ".so", folder);
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies what is on our own class path to the same place under that folder. */
    private static Path copy(String resource, Path under) throws IOException {
        Path file = under.resolve(resource.substring(1));
        Files.createDirectories(file.getParent());
        try (InputStream content = AWSLambda.class.getResourceAsStream(resource)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package io.x402compute.local.chain;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where npm put the chains' nodes, under the folder of this module. */
final class NodeModules {
    static final String HOW_TO_BUILD = "The build of infra-cdk/local puts it there, with npm of Node.js 20.11 or newer.";

    private NodeModules() {}

    /**
     * The EVM node, a package per platform.
     *
     * @throws IllegalStateException when npm has not installed it, or there is none for this platform
     */
    static Path anvil() {
        Path module = moduleOf(classes());
        Path binary = module.resolve("node_modules", "@foundry-rs", "anvil-" + platform(), "bin", "anvil");
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException("The EVM node is not at " + binary + ". " + HOW_TO_BUILD);
        }
        return binary;
    }

    /**
     * The script of the Solana node.
     *
     * @throws IllegalStateException when npm has not installed what it runs on
     */
    static Path solana() {
        Path module = moduleOf(classes());
        if (!Files.isDirectory(module.resolve("node_modules", "litesvm"))) {
            throw new IllegalStateException("The Solana VM is not below " + module + ". " + HOW_TO_BUILD);
        }
        return module.resolve("solana", "node.mjs");
    }

    /** The classes are in {@code <module>/target}, as a folder or as a jar. */
    private static Path moduleOf(Path classes) {
        return classes.getParent().getParent();
    }

    private static Path classes() {
        try {
            return Path.of(NodeModules.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The platform as the node's packages call it: {@code linux-amd64}, {@code darwin-arm64}, … */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return system + "-" + processor;
    }
}

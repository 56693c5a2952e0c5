package io.x402compute.simulation.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All of our classes once more, one of them with a fault in it, compiled in memory. The classes have no place they come from, so
 * nothing that they do counts as covered.
 */
final class MutatedClasses extends ClassLoader {
    private static final String OURS = "io.x402compute.";
    private static final Path SOURCES = Path.of("src/main/java/io/x402compute");

    private final Map<String, ByteArrayOutputStream> mutated = new HashMap<>();

    MutatedClasses(Mutation mutation) {
        super(MutatedClasses.class.getClassLoader());
        compile(mutation);
    }

    private void compile(Mutation mutation) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            String source = mutation.applied(Files.readString(SOURCES.resolve(mutation.file())));
            boolean compiled = compiler.getTask(messages, new InMemory(files), null,
                    List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath",
                            System.getProperty("java.class.path")),
                    null, List.of(new Source(mutation, source))).call();
            if (!compiled) {
                throw new IllegalStateException("'%s' does not compile: %s".formatted(mutation.name(), messages));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.containsKey(name) ? mutated.get(name).toByteArray() : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Mutation mutation, String text) {
            super(URI.create("string:///io/x402compute/" + mutation.file()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + kind.extension),
                    kind) {
                @Override
                public OutputStream openOutputStream() {
                    return mutated.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}

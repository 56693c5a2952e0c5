package io.x402compute.store;

import java.util.Arrays;
import java.util.Set;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Against LocalStack only the classes run that use AWS: those with a {@link LocalDynamo} or a {@link LocalAws}. */
public final class AwsTestsOnly implements PostDiscoveryFilter {
    private static final Set<Class<?>> FIXTURES = Set.of(LocalDynamo.class, LocalAws.class);

    @Override
    public FilterResult apply(TestDescriptor test) {
        return FilterResult.includedIf(!LocalStack.isWanted() || usesAws(test));
    }

    /** Or stands in a class that does. */
    private static boolean usesAws(TestDescriptor test) {
        boolean itself = test.getSource().orElse(null) instanceof ClassSource source
                && Arrays.stream(source.getJavaClass().getDeclaredFields())
                        .anyMatch(field -> FIXTURES.contains(field.getType()));
        return itself || test.getParent().map(AwsTestsOnly::usesAws).orElse(false);
    }
}

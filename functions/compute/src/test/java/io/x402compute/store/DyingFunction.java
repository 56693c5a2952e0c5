package io.x402compute.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.random.RandomGenerator;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A function that may die at any call of its tables, before or after it takes effect, and calls nobody any more once it has. */
public final class DyingFunction {
    private final DynamoDbClient tables;
    private final RandomGenerator random;
    private final double chance;
    private boolean dead;

    /** Nothing catches it: it is no exception of the function's. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the function is gone", null, false, false);
        }
    }

    /** @param chance of dying at each of the two moments of a call */
    public DyingFunction(DynamoDbClient tables, RandomGenerator random, double chance) {
        this.tables = tables;
        this.random = random;
        this.chance = chance;
    }

    public Table table(String name) {
        return new Table((DynamoDbClient) Proxy.newProxyInstance(DynamoDbClient.class.getClassLoader(),
                new Class<?>[]{DynamoDbClient.class}, (proxy, method, arguments) -> {
                    diePerhaps();
                    try {
                        Object answer = method.invoke(tables, arguments);
                        diePerhaps();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }), name);
    }

    private void diePerhaps() {
        dead = dead || random.nextDouble() < chance;
        if (dead) {
            throw new Death();
        }
    }
}

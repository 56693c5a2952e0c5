package io.x402compute.order;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.random.RandomGenerator;

/** Lets the function die at calls of its ports: before they take effect, or after it when nobody has heard of it yet. */
public final class Crashes {
    private final RandomGenerator random;
    private boolean armed;
    private double chance;

    /** The function is gone; whoever called it gets no answer, and nothing in it can catch that. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash", null, false, false);
        }
    }

    public Crashes(RandomGenerator random) {
        this.random = random;
    }

    public void armed(double probability) {
        armed = true;
        chance = probability;
    }

    public void disarmed() {
        armed = false;
    }

    public <T> T around(Class<T> port, T real) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port}, (proxy, method, arguments) -> {
                    crashPerhaps();
                    try {
                        Object answer = method.invoke(real, arguments);
                        crashPerhaps();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void crashPerhaps() {
        if (armed && random.nextDouble() < chance) {
            throw new Crash();
        }
    }
}

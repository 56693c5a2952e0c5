package io.x402compute.order;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.random.RandomGenerator;

/** Lets the function die at calls of its ports: before they take effect, or after it when nobody has heard of it yet. */
public final class Crashes {
    private final RandomGenerator random;
    private boolean armed;
    private double chance;
    private int toLive = Integer.MAX_VALUE;

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

    /** Lets it die once, at exactly that one of the moments to come: each call has two. */
    public void armedAt(int moment) {
        toLive = moment;
    }

    public void disarmed() {
        armed = false;
        toLive = Integer.MAX_VALUE;
    }

    /** Whether what was to die at one moment has not come to it. */
    public boolean isOutlived() {
        return toLive >= 0;
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
        boolean now = toLive == 0;
        if (toLive >= 0 && toLive < Integer.MAX_VALUE) {
            toLive--;
        }
        if (now || (armed && random.nextDouble() < chance)) {
            throw new Crash();
        }
    }
}

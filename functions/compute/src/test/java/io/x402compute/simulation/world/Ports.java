package io.x402compute.simulation.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import io.x402compute.simulation.schedule.Crash;

/**
 * Puts the world's weather around a port: each call takes its time, in which others act, and the function may die before or after
 * it takes effect. What an unheard answer means is the business of whoever answers.
 */
final class Ports {
    private final Weather weather;
    private final Trace trace;

    Ports(Weather weather, Trace trace) {
        this.weather = weather;
        this.trace = trace;
    }

    /** A port to somebody whose own faults are part of its answers. */
    <T> T around(Class<T> port, T real) {
        return proxy(port, real, false);
    }

    /** A port to an AWS service, whose client gives up now and then. */
    <T> T aroundAws(Class<T> port, T real) {
        return proxy(port, real, true);
    }

    private <T> T proxy(Class<T> port, T real, boolean aws) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port},
                (self, method, arguments) -> call(port, method, real, arguments, aws)));
    }

    private Object call(Class<?> port, Method method, Object real, Object[] arguments, boolean aws) throws Throwable {
        weather.transit();
        String name = port.getSimpleName() + "." + method.getName();
        mayDie(aws, name, " before");
        Object answer = answer(method, real, arguments);
        trace.note(() -> name + Spoken.of(arguments) + " = " + Spoken.of(answer));
        mayDie(aws, name, " after");
        if (weather.pick(3) == 0) {
            weather.transit();
        }
        return answer;
    }

    private void mayDie(boolean aws, String name, String when) {
        if (weather.strikes(weather.climate().crashes() / 2, name)) {
            trace.note(() -> "   crash" + when + " it took effect");
            throw new Crash(name);
        }
        if (aws && weather.strikes(weather.climate().refusedWrites() / 2, name)) {
            trace.note(() -> "   the client gives up" + when + " it took effect");
            throw new AwsFailed(name);
        }
    }

    private static Object answer(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

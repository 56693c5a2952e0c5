package io.x402compute.states;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The arrows that the code has: every method of a state machine that returns its next form is tried in every state, and
 * leads somewhere else, nowhere else, or is refused.
 *
 * @param state of one
 * @param samples what to give for a parameter of a type; for others nothing is given
 */
record Arrows<T>(Class<T> machine, Function<T, Enum<?>> state, Map<Class<?>, Object> samples) {

    /** {@code FROM → TO method}. */
    Set<String> from(List<T> inEveryState) {
        Set<String> arrows = new TreeSet<>();
        for (Method method : machine.getMethods()) {
            if (method.getReturnType() == machine && !Modifier.isStatic(method.getModifiers())) {
                arguments(method).forEach(arguments -> inEveryState
                        .forEach(before -> arrow(method, before, arguments).forEach(arrows::add)));
            }
        }
        return arrows;
    }

    private Stream<String> arrow(Method method, T before, Object[] arguments) {
        try {
            T after = machine.cast(method.invoke(before, arguments));
            return state.apply(after) == state.apply(before)
                    ? Stream.of()
                    : Stream.of(state.apply(before) + " → " + state.apply(after) + " " + method.getName());
        } catch (InvocationTargetException refused) {
            return Stream.of();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** With every constant of an enum. */
    private List<Object[]> arguments(Method method) {
        List<Object[]> all = new ArrayList<>();
        all.add(new Object[method.getParameterCount()]);
        for (int place = 0; place < method.getParameterCount(); place++) {
            Class<?> type = method.getParameterTypes()[place];
            Object[] values = type.isEnum() ? type.getEnumConstants() : new Object[]{samples.get(type)};
            List<Object[]> more = new ArrayList<>();
            for (Object[] arguments : all) {
                for (Object value : values) {
                    Object[] copy = arguments.clone();
                    copy[place] = value;
                    more.add(copy);
                }
            }
            all = more;
        }
        return all;
    }
}

package io.x402compute.local.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;

/**
 * A handler object and the JSON on both sides of it. Events are read and answers written by the serializers of AWS's
 * own runtime client, so a handler sees here exactly the objects that it will see there.
 */
final class Handler {
    private static final String METHOD = "handleRequest";

    private final Object target;
    private final Method method;
    private final PojoSerializer<Object> input;
    private final PojoSerializer<Object> output;

    private Handler(Object target, Method method) {
        this.target = target;
        this.method = method;
        this.input = serializer(method.getParameterTypes()[0]);
        this.output = serializer(method.getReturnType());
    }

    /**
     * Creates the handler as its tests do, with an environment of its own: in one process there can be only one of the
     * system's.
     */
    static Handler create(String className, Map<String, String> environment) throws ReflectiveOperationException {
        Class<?> type = Class.forName(className);
        return new Handler(type.getConstructor(Map.class).newInstance(environment), handleRequest(type));
    }

    /** @throws InvocationTargetException with whatever the handler threw */
    byte[] invoke(byte[] event, Context context) throws ReflectiveOperationException {
        Object answer = method.invoke(target, input.fromJson(new ByteArrayInputStream(event)), context);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        output.toJson(answer, json);
        return json.toByteArray();
    }

    private static Method handleRequest(Class<?> type) throws NoSuchMethodException {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(METHOD) && !method.isBridge())
                .filter(method -> method.getParameterCount() == 2 && method.getParameterTypes()[1] == Context.class)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type.getName() + "." + METHOD + "(event, Context)"));
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> serializer(Class<?> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(type, type.getClassLoader())
                : (PojoSerializer<Object>) JacksonFactory.getInstance().getSerializer(type);
    }
}

package io.x402compute.local.function;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

import io.x402compute.local.template.LambdaFunction;

/** What Lambda tells a handler about its invocation. The deadline runs on real time, whatever the local clock says. */
final class LocalContext implements Context {
    private final LambdaFunction function;
    private final LambdaLogger logger;
    private final String requestId = UUID.randomUUID().toString();
    private final long deadlineNanos;

    LocalContext(LambdaFunction function, FunctionLog log) {
        this.function = function;
        this.logger = new Logger(function.name(), log);
        this.deadlineNanos = System.nanoTime() + function.timeout().toNanos();
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function.name();
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return function.name();
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + function.name();
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return function.memoryMegabytes();
    }

    @Override
    public LambdaLogger getLogger() {
        return logger;
    }

    private record Logger(String functionName, FunctionLog log) implements LambdaLogger {

        @Override
        public void log(String message) {
            log.add(functionName, message);
        }

        @Override
        public void log(byte[] message) {
            log(new String(message, StandardCharsets.UTF_8));
        }
    }
}

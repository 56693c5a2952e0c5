package io.x402compute.http;

import java.util.Map;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

/** What a function is primed with before its snapshot: an event that nobody sent, and a context that logs nothing. */
final class Rehearsal {
    static final Context CONTEXT = new SilentContext();

    private Rehearsal() {}

    static APIGatewayV2HTTPEvent event(String method, String path, Map<String, String> headers, String body) {
        APIGatewayV2HTTPEvent.RequestContext.Http http = APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                .withMethod(method).withPath(path).build();
        return APIGatewayV2HTTPEvent.builder().withVersion("2.0").withRouteKey(method + " " + path).withRawPath(path)
                .withRawQueryString("").withHeaders(headers)
                .withPathParameters(Map.of("id", "00000000-0000-0000-0000-000000000000", "field", "rehearsal"))
                .withBody(body.isEmpty() ? null : body)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withDomainName("rehearsal.invalid").withRequestId("rehearsal").withHttp(http).build())
                .build();
    }

    private static final class SilentContext implements Context {
        private static final int SECONDS_30 = 30_000;

        @Override
        public String getAwsRequestId() {
            return "rehearsal";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
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
            return SECONDS_30;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 0;
        }

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {}

                @Override
                public void log(byte[] message) {}
            };
        }
    }
}

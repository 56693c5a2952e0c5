package io.x402compute.local.inference;

import java.util.List;

/** A request that is not carried out, and why. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    /**
     * In the words of the API's envelope.
     *
     * @param param the field that is wrong, empty if none is
     * @param code for machines, empty without
     */
    Refused(int status, String message, String type, String param, String code) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    static Refused invalid(String param, String message, String code) {
        return new Refused(400, message, INVALID, param, code);
    }

    static Refused missing(String param) {
        return invalid(param, "Missing required parameter: '" + param + "'.", "missing_required_parameter");
    }

    static Refused wrongType(String param, String expected) {
        return invalid(param, "Invalid type for '" + param + "': expected " + expected + ".", "invalid_type");
    }

    static Refused wrongValue(String param, String value, List<String> supported) {
        return invalid(param, "Invalid value: '" + value + "'. Supported values are: '"
                + String.join("', '", supported) + "'.", "invalid_value");
    }

    static Refused unknownModel(String model) {
        return new Refused(404, "The model `" + model + "` does not exist or you do not have access to it.", INVALID,
                "", "model_not_found");
    }

    static Refused notFound(String what) {
        return new Refused(404, what, INVALID, "", "not_found");
    }

    static Refused of(int status, String message, String code) {
        return new Refused(status, message, INVALID, "", code);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String param() {
        return param;
    }

    String code() {
        return code;
    }
}

package io.x402compute.order;

import io.x402compute.http.ApiException;
import io.x402compute.http.RequestBody;

/**
 * A wish for a larger plan.
 *
 * @param plan the plan's id
 */
public record ResizeRequest(String plan) {
    private static final int LONGEST_PLAN = 64;

    /**
     * Reads {@code POST /compute/instances/{id}/resize}.
     *
     * @throws ApiException 400 for whatever is wrong, and for a disk that is not confirmed to grow for good
     */
    public static ResizeRequest of(RequestBody body) {
        ResizeRequest request = new ResizeRequest(body.text("plan", LONGEST_PLAN));
        if (!body.flag("confirm_disk_resize", false)) {
            throw ApiException.badRequest("confirmation_required",
                    "confirm_disk_resize must be true: the machine restarts, and its disk cannot be made smaller again");
        }
        return request;
    }
}

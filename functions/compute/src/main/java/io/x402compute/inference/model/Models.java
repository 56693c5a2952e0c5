package io.x402compute.inference.model;

import java.util.List;

/** What is known of upstreams' models; never asks them. */
public interface Models {

    /** One for each upstream that was looked at. */
    List<ModelList> lists();
}

package io.x402compute.local.alarm;

import java.util.Map;

/** What a value is one of: CloudWatch keeps another series for each set of dimensions. */
record MetricName(String namespace, String name, Map<String, String> dimensions) {}

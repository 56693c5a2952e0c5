/**
 * The template's alarms over what the functions measure: takes the metrics out of their log lines as CloudWatch does, and says
 * which alarms it would raise. Knows nothing of what a metric means.
 */
package io.x402compute.local.alarm;

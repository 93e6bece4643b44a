package io.tern.topics.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How often and when a delivery to a web server is tried again, as a delivery policy says it.
 *
 * @param retries all of them, those of the three other numbers included
 */
public record RetryPolicy(
    int minDelaySeconds,
    int maxDelaySeconds,
    int retries,
    int maxDelayRetries,
    int noDelayRetries,
    int minDelayRetries,
    Backoff backoff) {
  public static final RetryPolicy DEFAULT = new RetryPolicy(20, 20, 3, 0, 0, 0, Backoff.LINEAR);

  /** All seven fields in SNS's order. */
  ObjectNode json() {
    return Json.MAPPER
        .createObjectNode()
        .put("minDelayTarget", minDelaySeconds)
        .put("maxDelayTarget", maxDelaySeconds)
        .put("numRetries", retries)
        .put("numMaxDelayRetries", maxDelayRetries)
        .put("numNoDelayRetries", noDelayRetries)
        .put("numMinDelayRetries", minDelayRetries)
        .put("backoffFunction", backoff.text());
  }
}

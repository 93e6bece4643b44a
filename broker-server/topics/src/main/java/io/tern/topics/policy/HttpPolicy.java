package io.tern.topics.policy;

import io.tern.topics.envelope.HttpRequests;
import org.jspecify.annotations.Nullable;

/**
 * The delivery policy in force for a subscription of http or https.
 *
 * @param maxReceivesPerSecond how fast deliveries may follow each other; null for no limit
 * @param contentType what requests say about their bodies
 */
public record HttpPolicy(
    RetryPolicy retry, @Nullable Integer maxReceivesPerSecond, String contentType) {
  public static final HttpPolicy DEFAULT =
      new HttpPolicy(RetryPolicy.DEFAULT, null, HttpRequests.PLAIN_TEXT);
}

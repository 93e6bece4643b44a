package io.tern.client;

import io.tern.proto.messaging.OpenConsume;
import java.util.List;

/** How a consumer behaves, as {@link Consumer.Builder} collected it. */
record ConsumerOptions(
    String queueUrl,
    int prefetch,
    int visibilitySeconds,
    int extendSeconds,
    int rejectDelaySeconds,
    List<String> systemAttributes,
    List<String> attributes) {
  boolean fifo() {
    return queueUrl.endsWith(".fifo");
  }

  /** The first request of each stream. */
  OpenConsume opening() {
    return OpenConsume.newBuilder()
        .setQueueUrl(queueUrl)
        .setVisibilityTimeout(visibilitySeconds)
        .setExtendSeconds(extendSeconds)
        .addAllMessageSystemAttributeNames(systemAttributes)
        .addAllMessageAttributeNames(attributes)
        .build();
  }
}

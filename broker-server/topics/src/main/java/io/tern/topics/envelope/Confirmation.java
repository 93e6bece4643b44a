package io.tern.topics.envelope;

import java.util.UUID;

/**
 * A question to the owner of an endpoint: whether it wants the messages, or wants no more of them.
 * The API makes it, delivery sends it.
 *
 * @param subscriptionArn which subscription; a question about a new one does not tell it
 * @param token what the answer has to bring back
 * @param displayName of the topic; may be empty
 */
public record Confirmation(
    Kind kind,
    UUID id,
    String topicArn,
    String subscriptionArn,
    String token,
    long madeMillis,
    int signatureVersion,
    String displayName) {

  /** Which of the two questions. */
  public enum Kind {
    SUBSCRIBE("SubscriptionConfirmation"),
    UNSUBSCRIBE("UnsubscribeConfirmation");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /** The document's Type. */
    public String type() {
      return type;
    }
  }

  public String messageId() {
    return id.toString();
  }

  /** SNS's words; clients show them and tests compare them. */
  public String text() {
    return switch (kind) {
      case SUBSCRIBE ->
          "You have chosen to subscribe to the topic "
              + topicArn
              + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.";
      case UNSUBSCRIBE ->
          "You have chosen to deactivate subscription "
              + subscriptionArn
              + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL"
              + " included in this message.";
    };
  }

  /** Confirms, or restores. */
  public String subscribeUrl(Links links) {
    return links.confirm(topicArn, token);
  }

  public String timestamp() {
    return Notice.timestamp(madeMillis);
  }
}

package io.tern.node.routing;

import io.tern.node.leader.NotificationRendering;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.catalogue.SigningKey;
import io.tern.topics.envelope.Envelope;
import io.tern.topics.envelope.LambdaEvent;
import io.tern.topics.envelope.Links;
import io.tern.topics.envelope.Notice;
import io.tern.topics.envelope.QueueRendering;
import io.tern.topics.envelope.RsaSigner;
import io.tern.topics.envelope.Signer;
import io.tern.topics.envelope.SigningIdentity;
import io.tern.topics.envelope.SubscriptionArns;
import io.tern.topics.envelope.TextOf;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published messages as their subscribers see them, with the cluster's keys from this node's
 * mirror: rendered for receivers at the leader, and for the world by delivery. Made at the start;
 * the keys are there before anybody is served.
 */
public final class Notifications implements NotificationRendering {
  private static final String ANY_ID = "00000000-0000-0000-0000-000000000000";

  /** What signs, and all that depends on it. */
  private record Pen(
      String keyId, Envelope envelope, LambdaEvent lambdaEvent, QueueRendering rendering) {}

  private final CatalogueMirror mirror;
  private final Links links;
  private volatile @Nullable SubscriptionArns arns;
  private volatile @Nullable Pen pen;

  /**
   * @param baseUrl where subscribers reach the cluster
   */
  public Notifications(CatalogueMirror mirror, String baseUrl) {
    this.mirror = mirror;
    this.links = new Links(baseUrl);
  }

  /** The addresses in documents and mails. */
  public Links links() {
    return links;
  }

  /** The documents that the world gets, signed with the newest key. */
  public Envelope envelope() {
    return pen().envelope();
  }

  /** What functions are invoked with, signed with the newest key. */
  public LambdaEvent lambdaEvent() {
    return pen().lambdaEvent();
  }

  public String arn(String topicArn, SubscriptionId subscription) {
    SubscriptionArns known = arns;
    if (known == null) {
      known = new SubscriptionArns(mirror.sealingKey().join());
      arns = known;
    }
    return known.of(topicArn, subscription);
  }

  /** A notification whole, as its documents are made of it. */
  public Notice notice(NotificationContent content, TopicMessage message) {
    SubscriptionId subscription = new SubscriptionId(content.getSubscription());
    return Notice.of(content, message, arn(message.getTopicArn(), subscription));
  }

  @Override
  public Bytes plain(NotificationContent notification) {
    return rendered(notification, notification.getMessage());
  }

  /** A FIFO queue shows the deduplication id, another one does not: it may always be there. */
  private Bytes rendered(NotificationContent content, TopicMessage message) {
    return Bytes.of(pen().rendering().message(notice(content, message), true).toByteArray());
  }

  /**
   * Whether a queue can take the message at all.
   *
   * @param maximumBytes of the queue's messages
   */
  public boolean fits(TopicMessage message, String protocol, boolean raw, int maximumBytes) {
    Notice notice =
        new Notice(
            message,
            0,
            new SubscriptionId(0),
            message.getTopicArn() + ":" + ANY_ID,
            raw,
            false,
            TextOf.protocol(message, protocol));
    return pen().rendering().fits(notice, maximumBytes);
  }

  /** The id under which a queue's receivers see the message. */
  public static UUID queueMessageId(TopicMessage message, SubscriptionId subscription) {
    return QueueRendering.messageId(new Notice(message, 0, subscription, "", false, false, ""));
  }

  private Pen pen() {
    ResourceMirror resources = mirror.resources();
    SigningKey key = resources.signingKey().orElseGet(() -> resources.firstSigningKey().join());
    Pen known = pen;
    if (known == null || !known.keyId().equals(key.id())) {
      Signer signer = new SignatureMemory(new RsaSigner(SigningIdentity.of(key)));
      Envelope envelope = new Envelope(signer, links);
      known =
          new Pen(key.id(), envelope, new LambdaEvent(signer, links), new QueueRendering(envelope));
      pen = known;
    }
    return known;
  }
}

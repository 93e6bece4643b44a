package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.TopicDefinitionChange.SigningKeyAdded;
import io.tern.state.catalogue.SigningKey;
import io.tern.topics.envelope.SigningIdentities;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Notifications are signed with the key that the cluster got last. */
class NotificationsTest {
  private final CatalogueMirror mirror = new CatalogueMirror(_ -> number -> new UUID(0, number));
  private final Notifications notifications = new Notifications(mirror, "http://localhost:9324");

  @Test
  void aNewerKeySignsFromThenOn() {
    apply(new Change.ClusterInitialized(Bytes.of(new byte[32]), 2));
    SigningKey first = key();
    SigningKey second = key();

    apply(new SigningKeyAdded(first));
    assertThat(document()).contains(first.id()).doesNotContain(second.id());

    apply(new SigningKeyAdded(second));
    assertThat(document()).contains(second.id()).doesNotContain(first.id());
  }

  private String document() {
    TopicMessage message =
        TopicMessage.newBuilder()
            .setTopicArn("arn:aws:sns:us-east-1:000000000000:topic")
            .setMessage("x")
            .build();
    NotificationContent content =
        NotificationContent.newBuilder().setSubscription(7).setProtocol("http").build();
    return notifications.envelope().notification(notifications.notice(content, message));
  }

  private static SigningKey key() {
    return SigningIdentities.generate(new SecureRandom(), Instant.EPOCH).forCatalogue();
  }

  private void apply(Change change) {
    mirror.entryApplied(new AppliedEntry(List.of(), List.of(change), List.of()));
  }
}

package io.tern.topics.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicName;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are read and written; ids of subscriptions tell nothing and never change. */
class ArnTest {
  private static final TopicName TOPIC = new TopicName("eu-west-1", "000000000000", "a.fifo");
  private static final String TEXT = "arn:aws:sns:eu-west-1:000000000000:a.fifo";
  private static final Bytes KEY = Bytes.of(new byte[] {1, 2, 3, 4});

  @Test
  void aTopicsAddressIsReadAndWritten() {
    assertThat(TopicArn.of(TOPIC)).isEqualTo(TEXT);
    assertThat(TopicArn.parse(TEXT)).contains(TOPIC);
    assertThat(TopicArn.isFifo(TEXT)).isTrue();
    assertThat(TopicArn.isFifo("a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:sns:eu-west-1:1",
        "arn:aws:sqs:eu-west-1:1:a",
        "arn:aws:sns::1:a",
        "arn:aws:sns:eu-west-1::a",
        "arn:aws:sns:eu-west-1:1:",
        "arn:aws:sns:eu-west-1:1:app/GCM/a",
        "arn:aws:sns:eu-west-1:1:a:b"
      })
  void otherTextsAreNoTopics(String text) {
    assertThat(TopicArn.parse(text)).isEmpty();
  }

  @Test
  void aSubscriptionsAddressIsReadAndWritten() {
    SubscriptionArns arns = new SubscriptionArns(KEY);
    String arn = arns.of(TOPIC, new SubscriptionId(5));

    SubscriptionArn read = SubscriptionArn.parse(arn).orElseThrow();
    assertThat(read.topic()).isEqualTo(TOPIC);
    assertThat(read.id()).isEqualTo(arns.id(new SubscriptionId(5)));
    assertThat(read.text()).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        TEXT,
        TEXT + ":",
        TEXT + ":1-1-1-1-1",
        TEXT + ":zzzzzzzz-2222-4333-8444-555555555555"
      })
  void otherTextsAreNoSubscriptions(String text) {
    assertThat(SubscriptionArn.parse(text)).isEmpty();
  }

  @Test
  void idsAreRandomLookingStableAndOfTheCluster() {
    SubscriptionArns arns = new SubscriptionArns(KEY);
    Set<UUID> ids = new HashSet<>();
    for (long number = 1; number <= 1_000; number++) {
      UUID id = arns.id(new SubscriptionId(number));
      assertThat(id.version()).isEqualTo(4);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(new SubscriptionArns(KEY).id(new SubscriptionId(number))).isEqualTo(id);
      ids.add(id);
    }
    assertThat(ids).hasSize(1_000);
    assertThat(new SubscriptionArns(Bytes.of(new byte[] {9})).id(new SubscriptionId(1)))
        .isNotIn(ids);
  }
}

package io.tern.state.catalogue;

import static io.tern.state.catalogue.TopicCatalogue.asked;
import static io.tern.state.catalogue.TopicCatalogue.assertRefused;
import static io.tern.state.catalogue.TopicCatalogue.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Reply;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import org.junit.jupiter.api.Test;

/** How many subscriptions there may be. */
class SubscriptionLimitsTest {
  private static final String FILTER = "{\"a\":[\"b\"]}";

  private final TopicCatalogue catalogue = new TopicCatalogue(2);
  private TopicDefinition topic = catalogue.topic("a");

  @Test
  void aFifoTopicHasSoManySubscriptions() {
    topic = catalogue.topic("b.fifo", "FifoTopic", "true");
    for (int i = 0; i < Limits.FIFO_TOPIC_SUBSCRIPTIONS; i++) {
      catalogue.subscribed(topic, "sqs", "arn:" + i);
    }
    assertRefused(
        catalogue.ask(asked(topic, "sqs", "arn:x", true)),
        ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
        "");
    assertThat(catalogue.ask(asked(topic, "sqs", "arn:1", true)))
        .as("a repetition is none more")
        .isInstanceOf(SubscriptionTaken.class);
  }

  @Test
  void anOwnerHasSoManyStreamsOfATopic() {
    for (int i = 0; i < Limits.TOPIC_STREAM_SUBSCRIPTIONS; i++) {
      catalogue.subscribed(topic, "firehose", "arn:" + i);
    }
    assertRefused(
        catalogue.ask(asked(topic, "firehose", "arn:x", true)),
        ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
        "");
    assertThat(catalogue.ask(asked(topic, "firehose", "arn:1", true)))
        .as("a repetition is none more")
        .isInstanceOf(SubscriptionTaken.class);
    catalogue.subscribed(topic, "lambda", "arn:x");
    catalogue.subscribed(catalogue.topic("other"), "firehose", "arn:x");
    assertThat(
            catalogue.ask(
                new Subscribe(topic.topic(), "firehose", "arn:x", "111111111111", map(), true)))
        .as("each owner's count apart")
        .isInstanceOf(SubscriptionTaken.class);

    SubscriptionDefinition one = catalogue.subscribed(topic, "firehose", "arn:0");
    catalogue.ask(new Unsubscribe(one.subscription(), true));
    catalogue.subscribed(topic, "firehose", "arn:y");
    assertThat(catalogue.ask(new ConfirmSubscription(one.subscription(), true, false)))
        .as("restored it would be one too many")
        .isEqualTo(new Reply.Rejected(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED, ""));
  }

  @Test
  void aTopicHasSoManySubscriptions() {
    for (int i = 0; i < Limits.TOPIC_SUBSCRIPTIONS; i++) {
      catalogue.subscribed(topic, "sqs", "arn:" + i);
    }
    assertRefused(
        catalogue.ask(asked(topic, "sqs", "arn:x", true)),
        ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
        "");
    SubscriptionDefinition one = catalogue.subscribed(topic, "sqs", "arn:1");
    catalogue.ask(new Unsubscribe(one.subscription(), true));
    catalogue.subscribed(topic, "sqs", "arn:x");
    assertThat(catalogue.ask(new ConfirmSubscription(one.subscription(), true, false)))
        .as("restored it would be one too many")
        .isEqualTo(new Reply.Rejected(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED, ""));
  }

  @Test
  void anAccountHasSoManyThatWait() {
    for (int i = 0; i < Limits.PENDING_SUBSCRIPTIONS; i++) {
      catalogue.pending(topic, "http", "http://" + i);
    }
    assertRefused(
        catalogue.ask(asked(topic, "http", "http://x", false)),
        ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
        "");
    SubscriptionDefinition one = catalogue.subscribed(topic, "http", "http://0");
    assertThat(one.state()).isEqualTo(SubscriptionState.CONFIRMED);
    catalogue.pending(topic, "http", "http://x");
  }

  @Test
  void aTopicHasSoManyFilterPolicies() {
    for (int i = 0; i < Limits.TOPIC_FILTER_POLICIES; i++) {
      catalogue.subscribed(topic, "sqs", "arn:" + i, "FilterPolicy", FILTER);
    }
    assertRefused(
        catalogue.ask(asked(topic, "sqs", "arn:x", true, "FilterPolicy", FILTER)),
        ErrorCode.FILTER_POLICY_LIMIT_EXCEEDED,
        "");
    SubscriptionDefinition plain = catalogue.subscribed(topic, "sqs", "arn:x");
    assertRefused(
        catalogue.ask(
            new ReplaceSubscription(plain.subscription(), 1, map("FilterPolicy", FILTER))),
        ErrorCode.FILTER_POLICY_LIMIT_EXCEEDED,
        "");
    SubscriptionDefinition one =
        catalogue.subscribed(topic, "sqs", "arn:0", "FilterPolicy", FILTER);
    assertThat(
            catalogue.ask(
                new ReplaceSubscription(one.subscription(), 1, map("FilterPolicy", "{}"))))
        .as("another policy is none more")
        .isInstanceOf(SubscriptionTaken.class);
  }
}

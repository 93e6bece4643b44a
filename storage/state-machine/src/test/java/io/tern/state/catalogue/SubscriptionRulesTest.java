package io.tern.state.catalogue;

import static io.tern.state.catalogue.TopicCatalogue.asked;
import static io.tern.state.catalogue.TopicCatalogue.assertRefused;
import static io.tern.state.catalogue.TopicCatalogue.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionChange.SubscriptionUndefined;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of definitions of subscriptions. */
class SubscriptionRulesTest {
  private static final long DAY_MILLIS = 86_400_000;
  private static final String FILTER = "{\"a\":[\"b\"]}";
  private static final String REPLAY =
      "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"2026-01-01T00:00:00.000Z\"}";
  private static final long REPLAY_START_MILLIS = 1_767_225_600_000L;

  private final TopicCatalogue catalogue = new TopicCatalogue(2);
  private TopicDefinition topic = catalogue.topic("a");

  @BeforeEach
  void nothingWaits() {
    catalogue.settle(topic.partition());
  }

  @Test
  void aSubscribedQueueMakesAnotherVersionOfTheTopic() {
    Reply reply = catalogue.ask(asked(topic, "sqs", "arn:q", true));

    SubscriptionId id = new SubscriptionId(2);
    assertThat(reply).isEqualTo(new SubscriptionTaken(id, true, topic.partition(), 2));
    assertThat(catalogue.handed()).containsExactly(install(2));
    assertThat(catalogue.topic(topic.topic()).version()).isEqualTo(2);
    assertThat(catalogue.topic(topic.topic()).revision()).isEqualTo(1);
    SubscriptionDefinition subscription = catalogue.subscription(id);
    assertThat(subscription.state()).isEqualTo(SubscriptionState.CONFIRMED);
    assertThat(subscription.authenticated()).isTrue();
    assertThat(subscription.deliveryQueue()).isNull();
  }

  @Test
  void whatIsNoQueueGetsOneOfItsOwn() {
    Reply reply = catalogue.ask(asked(topic, "lambda", "arn:f", true));

    assertThat(reply)
        .isEqualTo(new SubscriptionTaken(new SubscriptionId(2), true, topic.partition(), 3));
    assertThat(catalogue.handed())
        .containsExactly(
            new Crossing.InstallQueue(
                new QueueId(3),
                1,
                new QueueSettings(
                    new QueueName(TopicCatalogue.ACCOUNT, "sns/2"),
                    120_000,
                    0,
                    25 * DAY_MILLIS,
                    false,
                    null)),
            install(2));
  }

  @Test
  void twoWhoSubscribeTheSameGetTheSame() {
    Reply first = catalogue.ask(asked(topic, "http", "http://a", true));
    assertThat(catalogue.ask(asked(topic, "http", "http://a", true)))
        .as("the second waits for the same hand-off")
        .isEqualTo(first);
    assertThat(catalogue.changes()).isEmpty();
    assertThat(catalogue.ask(asked(topic, "http", "http://b", true))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "RawMessageDelivery, true, true",
    "RawMessageDelivery, false, false",
    "FilterPolicyScope, MessageAttributes, true",
    "FilterPolicyScope, MessageBody, false",
    "FilterPolicy, '', true",
    "FilterPolicy, x, false",
    "RedrivePolicy, '', true",
  })
  void aRepetitionMayGiveWhatHolds(String attribute, String value, boolean same) {
    catalogue.subscribed(topic, "sqs", "arn:q", "RawMessageDelivery", "true");

    Reply reply = catalogue.ask(asked(topic, "sqs", "arn:q", true, attribute, value));

    if (same) {
      assertThat(reply).isInstanceOf(SubscriptionTaken.class);
    } else {
      assertRefused(
          reply,
          ErrorCode.SNS_INVALID_PARAMETER,
          "Invalid parameter: Attributes Reason: Subscription already exists with different"
              + " attributes");
    }
  }

  @Test
  void aPendingOneConcernsNobodyUntilItIsConfirmed() {
    SubscriptionDefinition pending = catalogue.pending(topic, "http", "http://a");
    assertThat(catalogue.handed()).isEmpty();
    assertThat(catalogue.topic(topic.topic()).version()).isEqualTo(1);
    assertThat(catalogue.ask(asked(topic, "http", "http://a", false)))
        .isEqualTo(new SubscriptionTaken(pending.subscription(), false, topic.partition(), 0));

    Reply reply = catalogue.ask(new ConfirmSubscription(pending.subscription(), true, true));

    assertThat(reply)
        .isEqualTo(new SubscriptionTaken(pending.subscription(), true, topic.partition(), 3));
    SubscriptionDefinition confirmed = catalogue.subscription(pending.subscription());
    assertThat(confirmed.deliveryQueue()).isEqualTo(new QueueId(3));
    assertThat(confirmed.authenticated()).isTrue();
    assertThat(confirmed.protectedUnsubscribe()).isTrue();
    assertThat(catalogue.ask(new ConfirmSubscription(pending.subscription(), false, false)))
        .isEqualTo(reply);
    assertThat(catalogue.changes()).isEmpty();
  }

  @Test
  void protectionNeedsASignature() {
    SubscriptionDefinition pending = catalogue.pending(topic, "http", "http://a");
    catalogue.ask(new ConfirmSubscription(pending.subscription(), false, true));

    SubscriptionDefinition confirmed = catalogue.subscription(pending.subscription());
    assertThat(confirmed.authenticated()).isFalse();
    assertThat(confirmed.protectedUnsubscribe()).isFalse();
  }

  @Test
  void whoNeedsNoConfirmationEndsTheWait() {
    SubscriptionDefinition pending = catalogue.pending(topic, "sqs", "arn:q");

    SubscriptionDefinition confirmed = catalogue.subscribed(topic, "sqs", "arn:q");

    assertThat(confirmed.subscription()).isEqualTo(pending.subscription());
    assertThat(confirmed.state()).isEqualTo(SubscriptionState.CONFIRMED);
  }

  @Test
  void aTokenOfNobody() {
    assertRefused(
        catalogue.ask(new ConfirmSubscription(new SubscriptionId(99), true, false)),
        ErrorCode.SNS_INVALID_PARAMETER,
        "Invalid parameter: Token");
  }

  @Test
  void unsubscribingHandsBackTheQueue() {
    SubscriptionDefinition web = catalogue.subscribed(topic, "http", "http://a");

    Reply reply = catalogue.ask(new Unsubscribe(web.subscription(), false));

    assertThat(reply)
        .isEqualTo(new SubscriptionTaken(web.subscription(), false, topic.partition(), 5));
    assertThat(catalogue.handed())
        .as("no publish is matched with a queue that is gone")
        .containsExactly(
            install(3), new Crossing.RemoveQueue(Objects.requireNonNull(web.deliveryQueue(), "q")));
    assertThat(catalogue.topics().subscription(web.subscription())).isNull();
    assertThat(catalogue.ask(new Unsubscribe(web.subscription(), false)))
        .isEqualTo(new Reply.Done());
    SubscriptionDefinition again = catalogue.subscribed(topic, "http", "http://a");
    assertThat(again.subscription()).isNotEqualTo(web.subscription());
  }

  @Test
  void whatWasRemovedWithoutASignatureMayBeRestored() {
    SubscriptionDefinition web =
        catalogue.subscribed(topic, "http", "http://a", "RawMessageDelivery", "true");
    catalogue.ask(new Unsubscribe(web.subscription(), true));

    SubscriptionDefinition deleted = catalogue.subscription(web.subscription());
    assertThat(deleted.state()).isEqualTo(SubscriptionState.DELETED);
    assertThat(deleted.deliveryQueue()).isNull();
    assertThat(catalogue.topics().counts(topic.topic())).isEqualTo(SubscriptionCounts.NONE);
    assertThat(catalogue.ask(new Unsubscribe(web.subscription(), true)))
        .isEqualTo(new Reply.Done());
    assertRefused(
        catalogue.ask(new ReplaceSubscription(web.subscription(), 2, map())),
        ErrorCode.SUBSCRIPTION_NOT_FOUND,
        "");

    catalogue.ask(new ConfirmSubscription(web.subscription(), false, false));

    SubscriptionDefinition restored = catalogue.subscription(web.subscription());
    assertThat(restored.state()).isEqualTo(SubscriptionState.CONFIRMED);
    assertThat(restored.attributes()).isEqualTo(web.attributes());
    assertThat(restored.authenticated()).isTrue();
    assertThat(restored.deliveryQueue()).isNotNull().isNotEqualTo(web.deliveryQueue());
    assertThat(catalogue.topic(topic.topic()).version()).isEqualTo(4);
  }

  @Test
  void aNewOneOfTheSameEndpointReplacesTheDeletedOne() {
    SubscriptionDefinition web = catalogue.subscribed(topic, "http", "http://a");
    catalogue.ask(new Unsubscribe(web.subscription(), true));

    SubscriptionDefinition next = catalogue.subscribed(topic, "http", "http://a");

    assertThat(next.subscription()).isNotEqualTo(web.subscription());
    assertThat(catalogue.topics().subscription(web.subscription())).isNull();
    assertThat(catalogue.ask(new ConfirmSubscription(web.subscription(), true, false)))
        .isInstanceOf(Reply.Rejected.class);
  }

  @Test
  void timeForgetsWhatIsNotConfirmed() {
    SubscriptionDefinition first = catalogue.pending(topic, "http", "http://a");
    catalogue.later(1_000);
    SubscriptionDefinition second = catalogue.subscribed(topic, "http", "http://b");
    catalogue.ask(new Unsubscribe(second.subscription(), true));
    catalogue.restart();
    assertThat(catalogue.machine().nextWakeUpMillis()).isEqualTo(3 * DAY_MILLIS);

    catalogue.later(3 * DAY_MILLIS - 1_000);
    catalogue.ask(new Command.Tick());

    assertThat(catalogue.changes())
        .containsExactly(new SubscriptionUndefined(first.subscription(), topic.topic()));
    assertThat(catalogue.machine().nextWakeUpMillis()).isEqualTo(3 * DAY_MILLIS + 1_000);

    catalogue.later(1_000);
    catalogue.ask(new Command.Tick());

    assertThat(catalogue.changes())
        .containsExactly(new SubscriptionUndefined(second.subscription(), topic.topic()));
    assertThat(catalogue.machine().nextWakeUpMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTickForgetsABoundedNumber() {
    for (int i = 0; i < Limits.TICK_SUBSCRIPTIONS + 1; i++) {
      catalogue.pending(topic, "http", "http://" + i);
    }
    catalogue.later(3 * DAY_MILLIS);
    catalogue.ask(new Command.Tick());
    assertThat(catalogue.changes()).hasSize(Limits.TICK_SUBSCRIPTIONS);
    assertThat(catalogue.topics().subscriptions()).isEqualTo(1);
  }

  @Test
  void aReplacementIsComparedWithTheRevision() {
    SubscriptionDefinition queue = catalogue.subscribed(topic, "sqs", "arn:q");
    ReplaceSubscription replace =
        new ReplaceSubscription(queue.subscription(), 1, map("FilterPolicy", FILTER));

    assertThat(queue.revision()).isEqualTo(1);
    assertThat(catalogue.ask(replace))
        .isEqualTo(new SubscriptionTaken(queue.subscription(), true, topic.partition(), 3));
    assertThat(catalogue.handed()).containsExactly(install(3));
    assertThat(catalogue.ask(replace)).isEqualTo(new Reply.Outdated());
    catalogue.ask(
        new ReplaceSubscription(
            queue.subscription(),
            2,
            map("FilterPolicy", FILTER, "RawMessageDelivery", "false", "RedrivePolicy", "")));
    assertThat(catalogue.changes()).as("these are defaults").isEmpty();
  }

  @Test
  void aPendingOneIsReplacedInSilence() {
    SubscriptionDefinition pending = catalogue.pending(topic, "http", "http://a");
    catalogue.ask(
        new ReplaceSubscription(pending.subscription(), 1, map("RawMessageDelivery", "true")));
    assertThat(catalogue.handed()).isEmpty();
    assertThat(catalogue.topic(topic.topic()).version()).isEqualTo(1);
  }

  @Test
  void replaysFollowThePolicy() {
    topic = catalogue.topic("b.fifo", "FifoTopic", "true");
    SubscriptionDefinition queue =
        catalogue.subscribed(topic, "sqs", "arn:q.fifo", "ReplayPolicy", REPLAY);
    assertThat(catalogue.handed().getFirst())
        .as("before a publish can match")
        .isEqualTo(installReplay(queue, 1, -1));

    String ended = REPLAY.replace("}", ",\"EndingPoint\":\"2026-01-01T00:00:01.5Z\"}");
    catalogue.ask(
        new ReplaceSubscription(
            queue.subscription(), 1, map("ReplayPolicy", ended, "RawMessageDelivery", "true")));
    assertThat(catalogue.handed().getFirst()).isEqualTo(installReplay(queue, 2, 1_500));

    catalogue.ask(new ReplaceSubscription(queue.subscription(), 2, map("ReplayPolicy", ended)));
    assertThat(catalogue.handed()).as("it goes on").hasSize(1);

    catalogue.ask(new ReplaceSubscription(queue.subscription(), 3, map()));
    assertThat(catalogue.handed().getFirst())
        .isEqualTo(new TopicCrossing.RemoveReplay(topic.topic(), queue.subscription()));
  }

  @Test
  void aReplayEndsWithItsSubscription() {
    topic = catalogue.topic("b.fifo", "FifoTopic", "true");
    SubscriptionDefinition queue =
        catalogue.subscribed(topic, "sqs", "arn:q.fifo", "ReplayPolicy", REPLAY);
    catalogue.ask(new Unsubscribe(queue.subscription(), false));
    assertThat(catalogue.handed().getLast())
        .isEqualTo(new TopicCrossing.RemoveReplay(topic.topic(), queue.subscription()));
  }

  @Test
  void anUnknownTopicHasNone() {
    TopicDefinition gone = catalogue.topic("gone");
    catalogue.ask(new DeleteTopic(gone.topic()));
    assertRefused(catalogue.ask(asked(gone, "sqs", "arn:q", true)), ErrorCode.TOPIC_NOT_FOUND, "");
  }

  private Crossing install(long version) {
    return new TopicCrossing.InstallTopic(
        topic.topic(), version, new TopicSettings(topic.name(), false, 0));
  }

  private Crossing installReplay(
      SubscriptionDefinition subscription, long revision, long endAfterMillis) {
    return new TopicCrossing.InstallReplay(
        topic.topic(),
        new Replay(
            subscription.subscription(),
            revision,
            REPLAY_START_MILLIS,
            endAfterMillis < 0 ? -1 : REPLAY_START_MILLIS + endAfterMillis,
            0,
            ReplayStatus.PENDING));
  }
}

package io.tern.state.catalogue;

import static io.tern.state.catalogue.TopicCatalogue.assertRefused;
import static io.tern.state.catalogue.TopicCatalogue.map;
import static io.tern.state.catalogue.TopicCatalogue.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.TopicTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.TopicSettings;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of definitions of topics. */
class TopicRulesTest {
  private static final String OTHER_ATTRIBUTES =
      "Invalid parameter: Attributes Reason: Topic already exists with different attributes";
  private static final String OTHER_TAGS =
      "Invalid parameter: Tags Reason: Topic already exists with different tags";

  private final TopicCatalogue catalogue = new TopicCatalogue(2);

  @Test
  void aTopicIsHandedToItsHome() {
    TopicDefinition topic =
        catalogue.topic(
            "a.fifo", "FifoTopic", "true", "ArchivePolicy", "{\"MessageRetentionPeriod\":\"30\"}");

    assertThat(catalogue.handed())
        .containsExactly(
            new TopicCrossing.InstallTopic(
                topic.topic(), 1, new TopicSettings(name("a.fifo"), true, 30 * 86_400_000L)));
    assertThat(topic.version()).isEqualTo(1);
    assertThat(topic.revision()).isEqualTo(1);
  }

  @Test
  void twoWhoCreateTheSameGetTheSame() {
    CreateTopic create = new CreateTopic(name("a"), map(), map());
    TopicTaken first = (TopicTaken) catalogue.ask(create);
    assertThat(catalogue.ask(create)).as("the second waits for the same hand-off").isEqualTo(first);
    assertThat(first.outboxNumber()).isEqualTo(1);

    catalogue.settle(first.partition());

    assertThat(catalogue.ask(create))
        .isEqualTo(new TopicTaken(first.topic(), first.partition(), 0));
    assertThat(catalogue.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DisplayName, x, true",
    "DisplayName, y, false",
    "SignatureVersion, 2, false",
    "TracingConfig, PassThrough, false",
    "FifoTopic, false, true",
    "Policy, '', true",
    "ContentBasedDeduplication, false, true",
  })
  void aRepetitionMayGiveWhatIsStored(String attribute, String value, boolean same) {
    catalogue.topic("a", "DisplayName", "x", "KmsMasterKeyId", "k");

    Reply reply = catalogue.ask(new CreateTopic(name("a"), map(attribute, value), map()));

    if (same) {
      assertThat(reply).isInstanceOf(TopicTaken.class);
    } else {
      assertRefused(reply, ErrorCode.SNS_INVALID_PARAMETER, OTHER_ATTRIBUTES);
    }
  }

  @Test
  void aRepetitionMayGiveTagsThatAreStored() {
    catalogue.ask(new CreateTopic(name("a"), map(), map("k", "v", "l", "w")));

    assertThat(catalogue.ask(new CreateTopic(name("a"), map(), map("k", "v"))))
        .isInstanceOf(TopicTaken.class);
    assertRefused(
        catalogue.ask(new CreateTopic(name("a"), map(), map("k", "w"))),
        ErrorCode.SNS_INVALID_PARAMETER,
        OTHER_TAGS);
    assertRefused(
        catalogue.ask(new CreateTopic(name("a"), map(), map("m", "v"))),
        ErrorCode.SNS_INVALID_PARAMETER,
        OTHER_TAGS);
  }

  @Test
  void anotherRegionIsAnotherTopic() {
    TopicDefinition here = catalogue.topic("a");
    TopicTaken there =
        (TopicTaken)
            catalogue.ask(
                new CreateTopic(
                    new TopicName("eu-west-1", TopicCatalogue.ACCOUNT, "a"), map(), map()));
    assertThat(there.topic()).isNotEqualTo(here.topic());
  }

  @Test
  void theNameSaysTheKind() {
    assertRefused(
        catalogue.ask(new CreateTopic(name("a"), map("FifoTopic", "true"), map())),
        ErrorCode.SNS_INVALID_PARAMETER,
        "Invalid parameter: Topic Name");
    assertRefused(
        catalogue.ask(new CreateTopic(name("a.fifo"), map(), map())),
        ErrorCode.SNS_INVALID_PARAMETER,
        "Invalid parameter: Topic Name");
  }

  @Test
  void thereAreSoManyFifoTopics() {
    for (int i = 0; i < Limits.FIFO_TOPICS; i++) {
      catalogue.topic("t" + i + ".fifo", "FifoTopic", "true");
    }
    CreateTopic create = new CreateTopic(name("x.fifo"), map("FifoTopic", "true"), map());
    assertRefused(catalogue.ask(create), ErrorCode.TOPIC_LIMIT_EXCEEDED, "");
    catalogue.topic("standard");

    TopicDefinition one = catalogue.topic("t0.fifo", "FifoTopic", "true");
    catalogue.ask(new DeleteTopic(one.topic()));

    assertThat(catalogue.ask(create)).isInstanceOf(TopicTaken.class);
  }

  @Test
  void numbersAreSharedWithQueuesAndNeverUsedAgain() {
    catalogue.ask(
        new Command.CreateQueue(new QueueName("a", "q"), new TreeMap<>(), new TreeMap<>(), 60_000));
    TopicDefinition topic = catalogue.topic("a");
    SubscriptionDefinition web = catalogue.subscribed(topic, "http", "http://a");
    catalogue.ask(new DeleteTopic(topic.topic()));
    catalogue.restart();

    TopicDefinition next = catalogue.topic("a");

    assertThat(topic.topic().number()).isEqualTo(2);
    assertThat(web.subscription().number()).isEqualTo(3);
    assertThat(next.topic().number()).as("4 was the delivery queue's").isEqualTo(5);
    assertThat(next.tags()).isEmpty();
  }

  @Test
  void topicsAndDeliveryQueuesCountAsQueues() {
    TopicDefinition first = catalogue.topic("a");
    catalogue.subscribed(first, "http", "http://a");
    catalogue.subscribed(first, "http", "http://b");
    assertThat(first.partition().number()).isEqualTo(1);
    for (String name : new String[] {"b", "c", "d"}) {
      assertThat(catalogue.topic(name).partition().number()).isEqualTo(2);
    }
    assertThat(catalogue.topic("e").partition().number()).isEqualTo(1);

    catalogue.ask(new DeleteTopic(first.topic()));

    assertThat(catalogue.topic("f").partition().number()).isEqualTo(1);
  }

  @Test
  void aReplacementIsComparedWithTheRevision() {
    TopicDefinition topic = catalogue.topic("a");
    ReplaceTopic replace =
        new ReplaceTopic(topic.topic(), 1, map("DisplayName", "x", "Policy", ""), map("k", "v"));

    assertThat(catalogue.ask(replace))
        .isEqualTo(new TopicTaken(topic.topic(), topic.partition(), 2));

    TopicDefinition next = catalogue.topic(topic.topic());
    assertThat(next.version()).isEqualTo(2);
    assertThat(next.revision()).isEqualTo(2);
    assertThat(next.attributes()).isEqualTo(map("DisplayName", "x"));
    assertThat(next.tags()).isEqualTo(map("k", "v"));
    assertThat(catalogue.ask(replace)).isEqualTo(new Reply.Outdated());
  }

  @Test
  void tagsDoNotConcernTheHome() {
    TopicDefinition topic = catalogue.topic("a");
    catalogue.settle(topic.partition());

    assertThat(catalogue.ask(new ReplaceTopic(topic.topic(), 1, map(), map("k", "v"))))
        .isEqualTo(new TopicTaken(topic.topic(), topic.partition(), 0));

    assertThat(catalogue.topic(topic.topic()).version()).isEqualTo(1);
    assertThat(catalogue.topic(topic.topic()).revision()).isEqualTo(2);
    catalogue.ask(new ReplaceTopic(topic.topic(), 2, map(), map("k", "v")));
    assertThat(catalogue.changes()).isEmpty();
  }

  @Test
  void theKindStays() {
    TopicDefinition topic = catalogue.topic("a.fifo", "FifoTopic", "true");
    assertRefused(
        catalogue.ask(new ReplaceTopic(topic.topic(), 1, map(), map())),
        ErrorCode.SNS_INVALID_PARAMETER,
        "Invalid parameter: AttributeName");
    assertRefused(
        catalogue.ask(new ReplaceTopic(new TopicId(99), 1, map(), map())),
        ErrorCode.TOPIC_NOT_FOUND,
        "");
  }

  @Test
  void aDeletedTopicTakesItsSubscriptionsAlong() {
    TopicDefinition topic = catalogue.topic("a");
    SubscriptionDefinition web = catalogue.subscribed(topic, "http", "http://a");
    SubscriptionDefinition queue = catalogue.subscribed(topic, "sqs", "arn:q");
    catalogue.pending(topic, "http", "http://b");

    Reply reply = catalogue.ask(new DeleteTopic(topic.topic()));

    assertThat(reply).isEqualTo(new TopicTaken(topic.topic(), topic.partition(), 6));
    assertThat(catalogue.handed())
        .containsExactly(
            new TopicCrossing.RemoveTopic(topic.topic()),
            new Crossing.RemoveQueue(
                Objects.requireNonNull(web.deliveryQueue(), "a delivery queue")));
    assertThat(catalogue.topics().topic(topic.name())).isNull();
    assertThat(catalogue.topics().subscription(web.subscription())).isNull();
    assertThat(catalogue.topics().subscription(queue.subscription())).isNull();
    assertThat(catalogue.topics().subscriptions()).isZero();
    assertThat(catalogue.topics().counts(TopicCatalogue.ACCOUNT).all()).isZero();
    assertThat(catalogue.machine().nextWakeUpMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(catalogue.ask(new DeleteTopic(topic.topic()))).isEqualTo(new Reply.Done());
  }

  @Test
  void anArchiveKeepsItsTopic() {
    TopicDefinition topic =
        catalogue.topic(
            "a.fifo", "FifoTopic", "true", "ArchivePolicy", "{\"MessageRetentionPeriod\":1}");
    assertThat(catalogue.ask(new DeleteTopic(topic.topic())))
        .isInstanceOfSatisfying(
            Reply.Rejected.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.INVALID_STATE));

    catalogue.ask(new ReplaceTopic(topic.topic(), 1, map("FifoTopic", "true"), map()));

    assertThat(catalogue.ask(new DeleteTopic(topic.topic()))).isInstanceOf(TopicTaken.class);
  }

  @Test
  void aFullOutboxRefuses() {
    TopicCatalogue one = new TopicCatalogue(1);
    TopicDefinition topic = one.topic("a");
    for (int i = 1; i < Limits.OUTBOX_ENTRIES; i++) {
      one.ask(new ReplaceTopic(topic.topic(), i, map("DisplayName", "" + i), map()));
    }
    Reply reply = one.ask(new CreateTopic(name("b"), map(), map()));
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Rejected.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.THROTTLED));
    assertThat(one.changes()).isEmpty();
  }

  @Test
  void beforeTheClusterIsInitializedThereAreNone() {
    CatalogueMachine empty = CatalogueMachine.empty();
    EntryTime time = new EntryTime(1, 1);
    empty.advance(time).forEach(empty::evolve);
    Reply reply = empty.decide(new CreateTopic(name("a"), map(), map()), time).reply();
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Rejected.class,
            r -> assertThat(r.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(empty.sealingKey()).isEqualTo(Bytes.EMPTY);
  }
}

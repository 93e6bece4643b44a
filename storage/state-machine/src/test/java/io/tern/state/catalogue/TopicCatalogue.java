package io.tern.state.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.TopicReply.TopicTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.limits.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A catalogue that tests ask things of, one entry for each question. */
final class TopicCatalogue {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";
  private static final long WALL_START_MILLIS = 1_767_225_600_000L;

  private CatalogueMachine machine = CatalogueMachine.empty();
  private List<Change> changes = List.of();
  private long nowMillis;

  TopicCatalogue(int partitions) {
    ask(new Command.InitializeCluster(Bytes.of(new byte[] {1}), partitions));
  }

  CatalogueMachine machine() {
    return machine;
  }

  TopicsView topics() {
    return machine.topics();
  }

  void later(long millis) {
    nowMillis += millis;
  }

  /** Whatever is asked, it survives a snapshot. */
  Reply ask(Command command) {
    EntryRunner runner =
        new EntryRunner(
            machine,
            (failed, failure) -> {
              throw new AssertionError("A rule failed at " + failed, failure);
            });
    AppliedEntry applied =
        runner.run(
            new Entry(new EntryTime(nowMillis, WALL_START_MILLIS + nowMillis), List.of(command)));
    changes = applied.changes();
    return applied.replies().getFirst();
  }

  void restart() {
    machine = CatalogueMachine.of(machine.image());
  }

  /** What the newest answer became true, without the clock. */
  List<Change> changes() {
    return changes.stream().filter(change -> !(change instanceof Change.ClockAdvanced)).toList();
  }

  /** What the newest answer handed over, in order. */
  List<Crossing> handed() {
    List<Crossing> handed = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.OutboxAppended appended) {
        handed.add(appended.crossing());
      }
    }
    return handed;
  }

  void settle(PartitionId partition) {
    ask(new Command.SettleOutbox(partition, Long.MAX_VALUE));
  }

  TopicDefinition topic(String name, String... attributes) {
    TopicTaken taken = (TopicTaken) ask(new CreateTopic(name(name), map(attributes), map()));
    return topic(taken.topic());
  }

  TopicDefinition topic(TopicId topic) {
    return Objects.requireNonNull(topics().topic(topic), "a topic");
  }

  SubscriptionDefinition subscription(SubscriptionId subscription) {
    return Objects.requireNonNull(topics().subscription(subscription), "a subscription");
  }

  SubscriptionDefinition subscribed(
      TopicDefinition topic, String protocol, String endpoint, String... attributes) {
    return subscription(subscribe(topic, protocol, endpoint, true, attributes));
  }

  SubscriptionDefinition pending(
      TopicDefinition topic, String protocol, String endpoint, String... attributes) {
    return subscription(subscribe(topic, protocol, endpoint, false, attributes));
  }

  private SubscriptionId subscribe(
      TopicDefinition topic,
      String protocol,
      String endpoint,
      boolean confirmed,
      String... attributes) {
    Reply reply = ask(asked(topic, protocol, endpoint, confirmed, attributes));
    assertThat(reply).isInstanceOf(SubscriptionTaken.class);
    return ((SubscriptionTaken) reply).subscription();
  }

  static Subscribe asked(
      TopicDefinition topic,
      String protocol,
      String endpoint,
      boolean confirmed,
      String... attributes) {
    return new Subscribe(topic.topic(), protocol, endpoint, ACCOUNT, map(attributes), confirmed);
  }

  static void assertRefused(Reply reply, ErrorCode code, String text) {
    assertThat(reply).isEqualTo(new Reply.Rejected(code, text));
  }

  static TopicName name(String name) {
    return new TopicName(REGION, ACCOUNT, name);
  }

  /** Names and values, by turns. */
  static SortedMap<String, String> map(String... pairs) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}

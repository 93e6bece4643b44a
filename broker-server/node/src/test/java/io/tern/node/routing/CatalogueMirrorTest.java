package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.RedrivePolicy;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The mirror knows which queues have which dead-letter queue, also when that changes. */
class CatalogueMirrorTest {
  private static final QueueName DEAD = name("dead");
  private static final QueueName OTHER = name("other");

  private final CatalogueMirror mirror = new CatalogueMirror(_ -> number -> new UUID(0, number));

  @Test
  void sourcesComePageByPage() {
    define("c", DEAD);
    define("a", DEAD);
    define("b", DEAD);
    define("d", OTHER);

    assertThat(mirror.deadLetterSources(DEAD, "", 2)).containsExactly(name("a"), name("b"));
    assertThat(mirror.deadLetterSources(DEAD, "b", 2)).containsExactly(name("c"));
    assertThat(mirror.deadLetterSources(name("x"), "", 2)).isEmpty();
    assertThat(mirror.isDeadLetterQueue(OTHER)).isTrue();
    assertThat(mirror.isDeadLetterQueue(name("a"))).isFalse();
  }

  @Test
  void aSourceFollowsItsPolicyAndEndsWithItsQueue() {
    define("a", DEAD);
    define("a", OTHER);

    assertThat(mirror.isDeadLetterQueue(DEAD)).isFalse();
    assertThat(mirror.deadLetterSources(OTHER, "", 9)).containsExactly(name("a"));

    apply(new Change.QueueUndefined(new QueueId(1), name("a"), 0));

    assertThat(mirror.isDeadLetterQueue(OTHER)).isFalse();
  }

  @Test
  void whatACheckpointDoesNotHoldIsForgotten() {
    define("a", DEAD);

    CatalogueMachine machine = CatalogueMachine.empty();
    EntryTime time = new EntryTime(1, 1);
    machine.advance(time).forEach(machine::evolve);
    machine
        .decide(new Command.InitializeCluster(Bytes.of(new byte[32]), 1), time)
        .changes()
        .forEach(machine::evolve);
    mirror.opened(machine);

    assertThat(mirror.isDeadLetterQueue(DEAD)).isFalse();
    assertThat(mirror.queues()).isZero();
  }

  private void define(String queue, QueueName target) {
    TreeMap<String, String> attributes = new TreeMap<>();
    String arn = "arn:aws:sqs:us-east-1:" + target.account() + ":" + target.name();
    attributes.put("RedrivePolicy", new RedrivePolicy(arn, 3).text());
    apply(
        new Change.QueueDefined(
            new QueueDefinition(
                new QueueId(queue.charAt(0)),
                name(queue),
                1,
                List.of(new PartitionId(1)),
                attributes,
                new TreeMap<>(),
                0,
                0)));
  }

  private void apply(Change change) {
    mirror.entryApplied(new AppliedEntry(List.of(), List.of(change), List.of()));
  }

  private static QueueName name(String name) {
    return new QueueName("000000000000", name);
  }
}

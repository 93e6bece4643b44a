package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.node.raft.RaftFailure;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.Deduplication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Publishes are matched before the log, again when they were late, and keep their order. */
class PublishLanesTest {
  private static final TopicId TOPIC = new TopicId(7);

  private static final Reply TAKEN = new Reply.MessageAccepted(1);
  private static final Reply FULL = new Reply.Rejected(ErrorCode.THROTTLED, "");

  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
  private final List<List<Long>> entries = new ArrayList<>();
  private final Catalogue catalogue = new Catalogue();
  private long nowMillis;
  private Function<List<Command>, List<Reply>> log =
      commands -> commands.stream().<Reply>map(_ -> new Reply.MessageAccepted(1)).toList();
  private final PublishLanes lanes =
      new PublishLanes(catalogue, pool::add, this::submit, () -> nowMillis, this::pause);

  /** A matcher whose version is the test's to say. */
  private static final class Catalogue implements PublishMatcher {
    private long version = 1;
    private long newest = 1;
    private boolean doubtful;
    private int barriers;
    private int counted;

    @Override
    public Matched match(Publish publish) {
      return new Matched(
          new Publish(
              publish.topic(),
              publish.id(),
              publish.group(),
              publish.deduplication(),
              publish.content(),
              version,
              List.of()),
          doubtful,
          () -> counted++);
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      barriers++;
      version = newest;
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void aPublishIsMatchedOnThePoolAndEntered() {
    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, false)));

    assertThat(entries).isEmpty();
    runPool();

    assertThat(answer.join()).containsExactly(new Reply.MessageAccepted(1));
    assertThat(entries).containsExactly(List.of(1L));
  }

  @Test
  void anOutdatedPublishIsMatchedAgainAfterTheMirrorCaughtUp() {
    catalogue.newest = 2;
    log = commands -> commands.stream().map(PublishLanesTest::onlyVersionTwo).toList();

    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, false)));
    runPool();

    assertThat(answer.join()).containsExactly(new Reply.MessageAccepted(2));
    assertThat(catalogue.barriers).isEqualTo(1);
    assertThat(entries).hasSize(2);
    assertThat(catalogue.counted).isEqualTo(1);
  }

  @Test
  void whatStaysOutdatedEndsInTime() {
    log =
        commands -> {
          nowMillis += Limits.MATCHING_MILLIS;
          return commands.stream().<Reply>map(_ -> new Reply.Outdated()).toList();
        };

    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, false)));
    runPool();

    assertThatThrownBy(answer::join).hasCauseInstanceOf(RaftFailure.class);
    assertThat(catalogue.counted).isZero();
  }

  @Test
  void aFullWayIsWaitedFor() {
    log = commands -> commands.stream().map(_ -> nowMillis < 1_000 ? FULL : TAKEN).toList();

    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, false)));
    runPool();

    assertThat(answer.join()).containsExactly(TAKEN);
    assertThat(entries).as("tried less and less often").hasSize(6);
    assertThat(catalogue.counted).isEqualTo(1);
  }

  @Test
  void aWayThatStaysFullIsTold() {
    log = commands -> commands.stream().map(PublishLanesTest::onlyTheFirst).toList();

    CompletableFuture<List<Reply>> answer =
        lanes.publish(List.of(publish(1, false), publish(2, false)));
    runPool();

    assertThat(answer.join()).containsExactly(TAKEN, FULL);
    assertThat(nowMillis).isGreaterThanOrEqualTo(Limits.MATCHING_MILLIS);
    assertThat(entries.getLast()).containsExactly(2L);
  }

  @Test
  void ofAFifoTopicNothingWaitsForRoom() {
    log = commands -> commands.stream().map(_ -> FULL).toList();

    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, true)));
    runPool();

    assertThat(answer.join()).containsExactly(FULL);
    assertThat(entries).hasSize(1);
  }

  @Test
  void whenOnlySomeWereTakenTheOutcomeIsUnknown() {
    log =
        commands -> {
          nowMillis += Limits.MATCHING_MILLIS;
          return List.of(new Reply.MessageAccepted(1), new Reply.Outdated());
        };

    CompletableFuture<List<Reply>> answer =
        lanes.publish(List.of(publish(1, false), publish(2, false)));
    runPool();

    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOfSatisfying(
            RaftFailure.class, lost -> assertThat(lost.kind()).isEqualTo(RaftFailure.Kind.UNKNOWN));
    assertThat(catalogue.counted).isEqualTo(1);
  }

  @Test
  void aDoubtIsClearedUpOnce() {
    catalogue.doubtful = true;

    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, false)));
    runPool();

    assertThat(answer).isCompleted();
    assertThat(catalogue.barriers).isEqualTo(1);
    assertThat(entries).hasSize(1);
    assertThat(catalogue.counted).isEqualTo(1);
  }

  @Test
  void callsAboutAFifoTopicEnterInTheOrderTheyCame() {
    List<CompletableFuture<List<Reply>>> answers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      answers.add(lanes.publish(List.of(publish(i, true))));
    }
    while (!pool.isEmpty()) {
      pool.pollLast().run();
    }

    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(entries.stream().flatMap(List::stream).toList()).isSorted().hasSize(20);
  }

  @Test
  void nothingIsPublishedWhileSomethingHasTheTopicForItself() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    lanes.during(TOPIC, () -> work);
    CompletableFuture<List<Reply>> answer = lanes.publish(List.of(publish(1, true)));
    runPool();

    assertThat(answer).isNotDone();

    work.complete(null);
    runPool();
    assertThat(answer).isDone();
  }

  @Test
  void aBatchWithManyTargetsIsEnteredInParts() {
    int bytes = Limits.ENTRY_BYTES / 4;
    List<Command> commands = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      commands.add(publish(i, false, new byte[bytes]));
    }

    CompletableFuture<List<Reply>> answer = lanes.publish(commands);
    runPool();

    assertThat(answer.join()).hasSize(5);
    assertThat(entries).containsExactly(List.of(1L, 2L), List.of(3L, 4L), List.of(5L));
  }

  @Test
  void tooManyWaitingMessagesAreRefused() {
    for (int i = 0; i < Limits.WAITING_COMMANDS; i++) {
      var _ = lanes.publish(List.of(publish(1, false)));
    }

    assertThat(lanes.publish(List.of(publish(1, false)))).isCompletedExceptionally();
    runPool();
    assertThat(lanes.publish(List.of(publish(1, false)))).isNotDone();
  }

  private void pause(long millis, Runnable step) {
    nowMillis += millis;
    step.run();
  }

  private static Reply onlyTheFirst(Command command) {
    return ((Publish) command).id().low() == 1 ? TAKEN : FULL;
  }

  private static Reply onlyVersionTwo(Command command) {
    return ((Publish) command).version() == 2 ? new Reply.MessageAccepted(2) : new Reply.Outdated();
  }

  private CompletableFuture<List<Reply>> submit(List<Command> commands) {
    entries.add(commands.stream().map(each -> ((Publish) each).id().low()).toList());
    return CompletableFuture.completedFuture(log.apply(commands));
  }

  private void runPool() {
    for (Runnable next = pool.poll(); next != null; next = pool.poll()) {
      next.run();
    }
  }

  private static Publish publish(long id, boolean fifo) {
    return publish(id, fifo, new byte[0]);
  }

  private static Publish publish(long id, boolean fifo, byte[] content) {
    MessageId message = new MessageId(0, id);
    @Nullable Deduplication key = fifo ? new Deduplication(0, id, message) : null;
    return new Publish(
        TOPIC,
        message,
        fifo ? "group" : "",
        key,
        Bytes.of(content),
        TopicCommand.NOT_MATCHED,
        List.of());
  }
}

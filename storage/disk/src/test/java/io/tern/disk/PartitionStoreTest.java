package io.tern.disk;

import static io.tern.disk.Samples.ELSEWHERE;
import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.Samples.emptyImage;
import static io.tern.disk.Samples.hidden;
import static io.tern.disk.Samples.image;
import static io.tern.disk.Samples.message;
import static io.tern.disk.Samples.parked;
import static io.tern.disk.Samples.queueImage;
import static io.tern.disk.Samples.remembered;
import static io.tern.disk.Samples.stored;
import static io.tern.disk.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Arrival;
import io.tern.state.Change;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows written, checkpointed, thrown away and restored, on a real database. */
class PartitionStoreTest {
  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  private PartitionStore open(@Nullable Path checkpoint) {
    opened.forEach(PartitionStore::close);
    PartitionStore store = PartitionStore.open(folder.resolve("live"), checkpoint, settings);
    opened.add(store);
    return store;
  }

  private static List<StoredMessage> read(PartitionStore store, long first, long last) {
    return store.reader().read(ORDERS, LongStream.rangeClosed(first, last).boxed().toList());
  }

  @Test
  void aNewStoreHoldsNothing() {
    PartitionStore store = open(null);

    assertThat(store.applied()).isEqualTo(AppliedIndex.NONE);
    assertThat(store.image()).isEmpty();
    assertThat(store.reader().read(ORDERS, 1)).isEmpty();
  }

  @Test
  void whatWasWrittenIsRead() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a"), stored(ORDERS, 2, "")));
    store.write(at(2), List.of(stored(ORDERS, 3, "c".repeat(1_048_576))));

    assertThat(store.applied()).isEqualTo(at(2));
    assertThat(store.reader().read(ORDERS, List.of(3L, 9L, 1L, 2L)))
        .containsExactly(message(3, "c".repeat(1_048_576)), message(1, "a"), message(2, ""));
    assertThat(store.reader().read(PAYMENTS, 1)).isEmpty();
  }

  @Test
  void aCheckpointKeepsRowsAndImage() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a"), hidden(ORDERS, 1)));
    PartitionImage image = image(queueImage(ORDERS, 1));
    store.checkpoint(folder.resolve("c"), at(1), image);

    PartitionStore again = open(folder.resolve("c"));

    assertThat(again.applied()).isEqualTo(at(1));
    assertThat(again.image()).contains(image);
    assertThat(read(again, 1, 1)).containsExactly(message(1, "a"));
  }

  @Test
  void whatCameAfterTheCheckpointIsGone() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a")));
    store.checkpoint(folder.resolve("c"), at(1), emptyImage());
    store.write(at(2), List.of(stored(ORDERS, 2, "b")));
    store.prepareCheckpoint();

    PartitionStore again = open(folder.resolve("c"));

    assertThat(again.applied()).isEqualTo(at(1));
    assertThat(read(again, 1, 2)).containsExactly(message(1, "a"));
  }

  @Test
  void aCheckpointOutlivesTheStoreItCameFrom() {
    PartitionStore store = open(null);
    for (int i = 1; i <= 20; i++) {
      store.write(at(i), List.of(stored(ORDERS, i, "m" + i)));
      store.prepareCheckpoint();
      store.checkpoint(folder.resolve("c" + i), at(i), emptyImage());
    }
    PartitionStore fromMiddle = open(folder.resolve("c7"));
    assertThat(read(fromMiddle, 1, 20)).hasSize(7);
    // The same numbers of table files come again with other content.
    fromMiddle.write(at(8), List.of(stored(ORDERS, 8, "other")));
    fromMiddle.checkpoint(folder.resolve("d8"), at(8), emptyImage());

    assertThat(read(open(folder.resolve("d8")), 8, 8)).containsExactly(message(8, "other"));
    assertThat(read(open(folder.resolve("c8")), 8, 8)).containsExactly(message(8, "m8"));
  }

  @Test
  void anEntryMayChangeNothingAndACheckpointMayBeOfALaterOne() {
    PartitionStore store = open(null);
    store.write(at(5), List.of());
    store.checkpoint(folder.resolve("c"), at(9), emptyImage());

    assertThat(open(folder.resolve("c")).applied()).isEqualTo(at(9));
  }

  @Test
  void entriesComeInOrder() {
    PartitionStore store = open(null);
    store.write(at(5), List.of());

    assertThatThrownBy(() -> store.write(at(5), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.checkpoint(folder.resolve("c"), at(4), emptyImage()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removedPurgedAndExpiredMessagesAreGoneAndOthersStay() {
    PartitionStore store = open(null);
    List<Change> many = new ArrayList<>();
    for (long number = 1; number <= 10; number++) {
      many.add(stored(ORDERS, number, "o"));
      many.add(stored(PAYMENTS, number, "p"));
    }
    store.write(at(1), many);
    store.write(at(2), List.of(new Change.MessageRemoved(ORDERS, 5)));
    store.write(at(3), List.of(new Change.MessagesExpired(ORDERS, 2)));
    assertThat(numbers(read(store, 1, 10))).containsExactly(3L, 4L, 6L, 7L, 8L, 9L, 10L);

    store.write(at(4), List.of(new Change.QueuePurged(ORDERS, 8, 1)));
    assertThat(numbers(read(store, 1, 10))).containsExactly(9L, 10L);

    store.write(at(5), List.of(new Change.QueueRemoved(ORDERS)));
    assertThat(read(store, 1, 10)).isEmpty();
    assertThat(store.reader().read(PAYMENTS, List.of(1L, 5L, 10L))).hasSize(3);
  }

  private static StoredMessage waiting(long outboxNumber, long number, String content) {
    return new StoredMessage(outboxNumber, 1_000 + number, "", null, text(content));
  }

  @Test
  void aParkedMessageTakesItsRowIntoTheOutboxUntilItIsSettled() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a"), hidden(ORDERS, 1), stored(ORDERS, 2, "b")));
    store.write(at(2), List.of(parked(ORDERS, 1, 11)));

    assertThat(read(store, 1, 2)).containsExactly(message(2, "b"));
    assertThat(store.reader().parked(ELSEWHERE, 11)).contains(waiting(11, 1, "a"));
    store.checkpoint(folder.resolve("c"), at(2), emptyImage());
    PartitionStore again = open(folder.resolve("c"));
    assertThat(again.reader().parked(ELSEWHERE, 11)).contains(waiting(11, 1, "a"));
    assertThat(IndexFromRows.read(again).differences(emptyImage()))
        .noneMatch(difference -> difference.contains("delivery"));

    again.write(at(3), List.of(new Change.OutboxSettled(ELSEWHERE, 11)));
    assertThat(again.reader().parked(ELSEWHERE, 11)).isEmpty();
  }

  @Test
  void aMessageIsParkedByTheEntryThatStoredIt() {
    PartitionStore store = open(null);
    store.write(
        at(1),
        List.of(
            stored(ORDERS, 1, "a"),
            stored(ORDERS, 2, "b"),
            parked(ORDERS, 1, 1),
            stored(ORDERS, 3, "c"),
            parked(ORDERS, 3, 2)));

    assertThat(store.applied()).isEqualTo(at(1));
    assertThat(read(store, 1, 3)).containsExactly(message(2, "b"));
    assertThat(store.reader().parked(ELSEWHERE, 1)).contains(waiting(1, 1, "a"));
    assertThat(store.reader().parked(ELSEWHERE, 2)).contains(waiting(2, 3, "c"));
  }

  @Test
  void aParkedMessageIsTheOneOfItsQueueNotOfARemovedOneBefore() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "old")));
    store.write(
        at(2),
        List.of(new Change.QueueRemoved(ORDERS), stored(ORDERS, 1, "new"), parked(ORDERS, 1, 1)));

    assertThat(store.reader().parked(ELSEWHERE, 1)).contains(waiting(1, 1, "new"));
  }

  @Test
  void aMessageWithoutARowCannotBeParked() {
    PartitionStore store = open(null);

    assertThatThrownBy(() -> store.write(at(1), List.of(parked(ORDERS, 1, 1))))
        .isInstanceOf(StorageFailure.class);
  }

  @Test
  void aMessageThatGoesBackWaitsWithItsContent() {
    PartitionStore store = open(null);
    Crossing.ParkedMessage returning = Samples.crossing(ORDERS, MoveReason.RETURN);
    store.write(
        at(1),
        List.of(
            new Change.OutboxAppended(
                ELSEWHERE, 5, new Crossing.MovedMessage(returning, 17, "g", text("back"))),
            new Change.OutboxAppended(ELSEWHERE, 6, new Crossing.RemoveQueue(ORDERS))));

    assertThat(store.reader().parked(ELSEWHERE, 5))
        .contains(new StoredMessage(5, 17, "g", null, text("back")));
    assertThat(store.reader().parked(ELSEWHERE, 6)).isEmpty();
    assertThat(ImageReader.outboxRows(store.database()).get(ELSEWHERE))
        .containsExactly(
            new OutboxEntry(5, returning), new OutboxEntry(6, new Crossing.RemoveQueue(ORDERS)));
  }

  @Test
  void aMessageThatArrivedKeepsItsPast() {
    PartitionStore store = open(null);
    Arrival past = new Arrival(Samples.NAME, 3, 17);
    store.write(
        at(1), List.of(new Change.MessageArrived(ORDERS, 1, 0, 1_001, 5, "g", past, text("dead"))));
    assertThat(read(store, 1, 1))
        .containsExactly(new StoredMessage(1, 1_001, "g", Samples.NAME, text("dead")));

    store.write(at(2), List.of(parked(ORDERS, 1, 1)));
    assertThat(store.reader().parked(ELSEWHERE, 1))
        .contains(new StoredMessage(1, 1_001, "g", Samples.NAME, text("dead")));
  }

  @Test
  void purgingAndRemovingAQueueLeavesWhatWaitsInTheOutbox() {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a"), stored(ORDERS, 2, "b")));
    store.write(at(2), List.of(parked(ORDERS, 1, 1), new Change.QueuePurged(ORDERS, 2, 1)));
    store.write(at(3), List.of(new Change.QueueRemoved(ORDERS)));

    assertThat(read(store, 1, 2)).isEmpty();
    assertThat(store.reader().parked(ELSEWHERE, 1)).contains(waiting(1, 1, "a"));
  }

  private static List<Long> sends(PartitionStore store, QueueId queue) {
    return ImageReader.sendRows(store.database()).getOrDefault(queue, List.of()).stream()
        .map(RememberedSend::number)
        .toList();
  }

  @Test
  void rememberedSendsAreForgottenUpToANumberByAPurgeAndWithTheirQueue() {
    PartitionStore store = open(null);
    List<Change> many = new ArrayList<>();
    for (long number = 1; number <= 6; number++) {
      many.add(remembered(ORDERS, number));
      many.add(remembered(PAYMENTS, number));
    }
    store.write(at(1), many);
    store.write(at(2), List.of(new Change.DeduplicationForgotten(ORDERS, 4)));
    assertThat(sends(store, ORDERS)).containsExactly(5L, 6L);

    store.write(at(3), List.of(new Change.QueuePurged(ORDERS, 5, 1), remembered(ORDERS, 7)));
    assertThat(sends(store, ORDERS)).containsExactly(7L);

    store.write(at(4), List.of(new Change.QueueRemoved(ORDERS)));
    assertThat(sends(store, ORDERS)).isEmpty();
    assertThat(sends(store, PAYMENTS)).hasSize(6);
  }

  private static List<Long> numbers(List<StoredMessage> messages) {
    return messages.stream().map(StoredMessage::number).toList();
  }

  @Test
  void aNewImageReplacesTheOldOne() {
    PartitionStore store = open(null);
    store.checkpoint(
        folder.resolve("c1"), at(1), image(queueImage(ORDERS, 5), queueImage(PAYMENTS, 0)));
    QueueImage left = queueImage(PAYMENTS, 3);
    store.checkpoint(folder.resolve("c2"), at(2), image(left));

    assertThat(open(folder.resolve("c2")).image()).contains(image(left));
    assertThat(open(folder.resolve("c1")).image())
        .contains(image(queueImage(ORDERS, 5), queueImage(PAYMENTS, 0)));
  }

  @Test
  void aFailedDiskStaysFailed() throws IOException {
    PartitionStore store = open(null);
    store.write(at(1), List.of(stored(ORDERS, 1, "a")));
    Folders.delete(folder.resolve("live"));

    assertThatThrownBy(store::prepareCheckpoint)
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("flush");
    assertThatThrownBy(() -> store.write(at(2), List.of(stored(ORDERS, 2, "b"))))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("log entry");
    assertThat(store.applied()).isEqualTo(at(1));
  }

  @Test
  void aClosedStoreSaysSo() {
    PartitionStore store = open(null);
    store.close();
    store.close();

    assertThatThrownBy(() -> store.write(at(1), List.of())).isInstanceOf(StoreClosed.class);
    assertThatThrownBy(() -> store.reader().read(ORDERS, 1)).isInstanceOf(StoreClosed.class);
    assertThatThrownBy(store::prepareCheckpoint).isInstanceOf(StoreClosed.class);
  }
}

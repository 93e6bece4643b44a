package io.tern.disk;

import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.Samples.emptyImage;
import static io.tern.disk.Samples.hidden;
import static io.tern.disk.Samples.image;
import static io.tern.disk.Samples.message;
import static io.tern.disk.Samples.queueImage;
import static io.tern.disk.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Change;
import io.tern.state.PartitionImage;
import io.tern.state.queue.QueueImage;
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

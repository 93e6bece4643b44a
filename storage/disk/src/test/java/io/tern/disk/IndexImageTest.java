package io.tern.disk;

import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.SETTINGS;
import static io.tern.disk.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** The index goes into rows and comes back the same, however long its queues are. */
class IndexImageTest {
  private static final PartitionId DESTINATION = new PartitionId(4);

  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  private MachineImage throughACheckpoint(MachineImage image, List<Change> rows) {
    PartitionStore store = PartitionStore.open(folder.resolve("live"), null, settings);
    opened.add(store);
    store.write(at(1), rows);
    store.checkpoint(folder.resolve("c"), at(1), image);
    store.close();
    PartitionStore again =
        PartitionStore.open(folder.resolve("live"), folder.resolve("c"), settings);
    opened.add(again);
    return again.image().orElseThrow();
  }

  private static QueueImage largeQueue(int touchedMessages) {
    List<MessageRange> ready = new ArrayList<>();
    List<TouchedMessage> touched = new ArrayList<>();
    List<SentMark> marks = new ArrayList<>();
    for (int i = 1; i <= touchedMessages; i++) {
      long number = 3L * i;
      ready.add(new MessageRange(number + 1, number + 2));
      touched.add(
          new TouchedMessage(
              number, 50_000_000 + 17L * i, i % 7, 40_000_000 + 5L * i, 1_700_000_000_000L + i));
    }
    for (int i = 1; i <= 4_096; i++) {
      marks.add(new SentMark(i * 100L, 1_000_000 + 60_000L * i));
    }
    return new QueueImage(ORDERS, 9, SETTINGS, 5_000_000, 77, ready, touched, marks);
  }

  @Test
  void everyListOfAQueueComesBack() {
    PartitionImage image =
        Samples.image(largeQueue(120_000), Samples.queueImage(PAYMENTS, 1_000_000));

    assertThat(throughACheckpoint(image, List.of())).isEqualTo(image);
  }

  @Test
  void extremeNumbersComeBack() {
    QueueImage queue =
        new QueueImage(
            ORDERS,
            Long.MAX_VALUE,
            SETTINGS,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            List.of(new MessageRange(0, Long.MAX_VALUE)),
            List.of(
                new TouchedMessage(
                    1, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE),
                new TouchedMessage(2, Long.MIN_VALUE, 0, Long.MAX_VALUE, Long.MIN_VALUE)),
            List.of(new SentMark(Long.MAX_VALUE, Long.MIN_VALUE)));

    assertThat(throughACheckpoint(Samples.image(queue), List.of())).isEqualTo(Samples.image(queue));
  }

  @Test
  void noRowIsLargeAndALongBacklogCostsNothing() throws RocksDBException {
    List<Integer> sizes = new ArrayList<>();
    IndexImage.write(Samples.image(largeQueue(120_000)), (_, value) -> sizes.add(value.length));
    assertThat(sizes).allMatch(bytes -> bytes < 1_048_576);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isLessThan(2_500_000);

    List<Integer> backlog = new ArrayList<>();
    IndexImage.write(
        Samples.image(Samples.queueImage(ORDERS, 1_000_000)),
        (_, value) -> backlog.add(value.length));
    assertThat(backlog.stream().mapToInt(Integer::intValue).sum()).isLessThan(200);
  }

  @Test
  void theCatalogueComesBackWithItsDefinitionsAndOutboxes() {
    Crossing crossing = new Crossing.InstallQueue(ORDERS, 2, SETTINGS);
    List<CatalogueImage.Deletion> deletions = new ArrayList<>();
    for (int i = 0; i < IndexImage.CHUNK_DELETIONS + 5; i++) {
      deletions.add(new CatalogueImage.Deletion(new QueueName("1", "gone" + i), i));
    }
    CatalogueImage image =
        new CatalogueImage(
            new EntryTime(1, 2),
            3,
            4,
            Bytes.of(new byte[] {1, 2}),
            6,
            20,
            List.of(Samples.definition(4, "a"), Samples.definition(5, "b")),
            deletions,
            new CrossingImage(
                List.of(
                    new CrossingImage.OutboxImage(
                        DESTINATION, 12, List.of(new OutboxEntry(12, crossing))),
                    new CrossingImage.OutboxImage(new PartitionId(5), 3, List.of())),
                List.of(new CrossingImage.InboxMark(new PartitionId(1), 8))));
    List<Change> rows =
        List.of(
            new Change.QueueDefined(Samples.definition(4, "a")),
            new Change.QueueDefined(Samples.definition(5, "b")),
            new Change.QueueDefined(Samples.definition(6, "c")),
            new Change.QueueUndefined(Samples.definition(6, "c").queue(), new QueueName("", ""), 1),
            new Change.OutboxAppended(DESTINATION, 11, crossing),
            new Change.OutboxAppended(DESTINATION, 12, crossing),
            new Change.OutboxSettled(DESTINATION, 11));

    assertThat(throughACheckpoint(image, rows)).isEqualTo(image);
  }

  @Test
  void anImageThatDoesNotFitItsRowsIsRefused() {
    CrossingImage promised =
        new CrossingImage(
            List.of(
                new CrossingImage.OutboxImage(
                    DESTINATION, 1, List.of(new OutboxEntry(1, new Crossing.RemoveQueue(ORDERS))))),
            List.of());
    PartitionImage image = new PartitionImage(EntryTime.ZERO, 0, 0, List.of(), promised);

    assertThatThrownBy(() -> throughACheckpoint(image, List.of()))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("outbox rows");
  }
}

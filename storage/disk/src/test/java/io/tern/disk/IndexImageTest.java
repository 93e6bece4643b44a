package io.tern.disk;

import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.SETTINGS;
import static io.tern.disk.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.Delivery;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.Numbers;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.DelayedMessage;
import io.tern.state.queue.QueueImage.GroupImage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import io.tern.state.topic.TopicsImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
              number,
              50_000_000 + 17L * i,
              i % 7,
              40_000_000 + 5L * i,
              1_700_000_000_000L + i,
              "",
              null,
              0));
    }
    for (int i = 1; i <= 4_096; i++) {
      marks.add(new SentMark(i * 100L, 1_000_000 + 60_000L * i));
    }
    return Samples.queueImage(ORDERS, 5_000_000, ready, touched, marks);
  }

  @Test
  void everyListOfAQueueComesBack() {
    PartitionImage image =
        Samples.image(largeQueue(120_000), Samples.queueImage(PAYMENTS, 1_000_000));

    assertThat(throughACheckpoint(image, List.of())).isEqualTo(image);
  }

  @Test
  void extremeNumbersComeBack() {
    QueueName source = new QueueName("1", "source");
    QueueImage queue =
        new QueueImage(
            ORDERS,
            Long.MAX_VALUE,
            new QueueSettings(
                source,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                false,
                new QueueSettings.Redrive(
                    new MoveTarget(PAYMENTS, DESTINATION, source), Integer.MAX_VALUE)),
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            List.of(new MessageRange(0, Long.MAX_VALUE)),
            List.of(
                touched(1, Long.MAX_VALUE, "", null, 0),
                touched(2, Long.MIN_VALUE, "g", new Arrival(null, 0, Long.MIN_VALUE), -1),
                touched(3, 0, "", new Arrival(source, Integer.MIN_VALUE, Long.MAX_VALUE), 9)),
            List.of(new SentMark(Long.MAX_VALUE, Long.MIN_VALUE)),
            List.of(
                new GroupImage("", Numbers.of(), Long.MAX_VALUE, Long.MIN_VALUE),
                new GroupImage("g", Numbers.of(0, Long.MAX_VALUE), 0, 7)),
            List.of(new DelayedMessage(Long.MAX_VALUE, Long.MIN_VALUE)),
            List.of(),
            List.of(new Attempt("a", Long.MIN_VALUE, Long.MAX_VALUE, List.of())),
            List.of(
                new MoveTask(
                    "t", null, -1, MoveTask.Status.FAILED, Long.MAX_VALUE, -5, -6, -7, "why")));

    assertThat(throughACheckpoint(Samples.image(queue), List.of())).isEqualTo(Samples.image(queue));
  }

  private static TouchedMessage touched(
      long number, long visibleAt, String group, @Nullable Arrival arrival, long arrivedSent) {
    return new TouchedMessage(
        number, visibleAt, (int) visibleAt, ~visibleAt, 1 - visibleAt, group, arrival, arrivedSent);
  }

  private static GroupImage group(String name, int messages, long first, long step) {
    long[] numbers = new long[messages];
    for (int i = 0; i < messages; i++) {
      numbers[i] = first + i * step;
    }
    return new GroupImage(name, Numbers.of(numbers), 0, 0);
  }

  private static QueueImage fifoQueue(List<GroupImage> groups) {
    return Samples.fifoImage(ORDERS, 10_000_000, List.of(), groups);
  }

  @Test
  void manySmallGroupsAndOneLargeOneComeBackInTheirOrder() throws RocksDBException {
    List<GroupImage> groups = new ArrayList<>();
    for (int i = 200_000; i > 0; i--) {
      groups.add(group("g".repeat(100) + i, 1, i, 1));
    }
    groups.add(50_000, group("large", 1_000_000, 300_000, 3));
    groups.add(group("last", IndexImage.CHUNK_ELEMENTS, 5_000_000, 1));
    PartitionImage image = Samples.image(fifoQueue(groups));

    IndexImage.write(image, (_, value) -> assertThat(value.length).isLessThan(1_048_576));
    assertThat(throughACheckpoint(image, List.of())).isEqualTo(image);
  }

  @Test
  void groupsThatFillChunksExactlyComeBack() {
    List<GroupImage> groups = new ArrayList<>();
    groups.add(group("a", IndexImage.CHUNK_ELEMENTS, 1, 1));
    groups.add(group("b", 2 * IndexImage.CHUNK_ELEMENTS, 100_000, 1));
    groups.add(group("c", 0, 0, 1));
    groups.add(group("d", 2 * IndexImage.CHUNK_ELEMENTS + 1, 200_000, 1));
    for (int i = 0; i < 2 * IndexImage.CHUNK_NAMED; i++) {
      groups.add(group("e" + i, i % 3, 300_000 + 3L * i, 1));
    }
    PartitionImage image = Samples.image(fifoQueue(groups));

    assertThat(throughACheckpoint(image, List.of())).isEqualTo(image);
  }

  @Test
  void everyListOfADeadLetterQueueComesBackAndIsSmall() throws RocksDBException {
    List<TouchedMessage> touched = new ArrayList<>();
    for (int i = 1; i <= 100_000; i++) {
      QueueName source = i % 9 == 0 ? null : new QueueName("1", "source" + i % 5);
      Arrival arrival = i % 7 == 0 ? null : new Arrival(source, i % 4, 1_700_000_000_000L + i);
      touched.add(
          touched(i, i, i < 50_000 ? "" : "group" + i, arrival, arrival == null ? 0 : 400L * i));
    }
    PartitionImage image =
        Samples.image(Samples.queueImage(ORDERS, 200_000, List.of(), touched, List.of()));

    List<Integer> sizes = new ArrayList<>();
    IndexImage.write(image, (_, value) -> sizes.add(value.length));
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isLessThan(3_000_000);
    assertThat(throughACheckpoint(image, List.of())).isEqualTo(image);
  }

  @Test
  void whatAFifoQueueRemembersComesBack() {
    List<DelayedMessage> delayed = new ArrayList<>();
    List<RememberedSend> sends = new ArrayList<>();
    List<Attempt> attempts = new ArrayList<>();
    List<Change> rows = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) {
      delayed.add(new DelayedMessage(i, 9L * i));
      sends.add(new RememberedSend(i, Samples.deduplication(i), 100 + i));
      rows.add(Samples.remembered(ORDERS, i));
    }
    for (int i = 1; i <= IndexImage.CHUNK_ATTEMPTS + 3; i++) {
      attempts.add(new Attempt("a" + i, i, i + 5, List.of(new Delivery(i, 2, 3))));
    }
    QueueImage queue =
        new QueueImage(
            ORDERS,
            9,
            Samples.FIFO,
            50_000,
            QueueImage.NEVER,
            List.of(),
            List.of(),
            List.of(),
            List.of(group("g", 20_000, 1, 1)),
            delayed,
            sends,
            attempts,
            List.of(
                new MoveTask(
                    "second",
                    new MoveTarget(PAYMENTS, DESTINATION, Samples.NAME),
                    500,
                    MoveTask.Status.RUNNING,
                    1,
                    2,
                    3,
                    4,
                    ""),
                new MoveTask("first", null, 0, MoveTask.Status.COMPLETED, 1, 1, 1, 1, "")));

    assertThat(throughACheckpoint(Samples.image(queue), rows)).isEqualTo(Samples.image(queue));
  }

  @Test
  void sendsThatAreMissingOrBelongToNoQueueAreRefused() {
    QueueImage queue = fifoQueue(List.of());
    List<Change> rows = List.of(Samples.remembered(PAYMENTS, 1));

    assertThatThrownBy(() -> throughACheckpoint(Samples.image(queue), rows))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("deduplication");
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
    PartitionImage image =
        new PartitionImage(EntryTime.ZERO, 0, 0, List.of(), TopicsImage.EMPTY, promised);

    assertThatThrownBy(() -> throughACheckpoint(image, List.of()))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("outbox rows");
  }
}

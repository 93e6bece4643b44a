package io.tern.disk;

import static io.tern.disk.Samples.ELSEWHERE;
import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.TopicSamples.NEWS;
import static io.tern.disk.TopicSamples.WEATHER;
import static io.tern.disk.TopicSamples.body;
import static io.tern.disk.TopicSamples.notification;
import static io.tern.disk.TopicSamples.notified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.proto.rows.ImageHead;
import io.tern.proto.rows.PartitionHead;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicId;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicImage.BodyMark;
import io.tern.state.topic.TopicImage.Holder;
import io.tern.state.topic.TopicsImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What an image tells of topics goes into rows and comes back, and damage is noticed. */
class TopicImageTest {
  private static final int HOLDERS = 2 * TopicImages.CHUNK_HOLDERS + 3;
  private static final int MARKS = 3 * IndexImage.CHUNK_ELEMENTS + 1;

  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  private PartitionStore throughACheckpoint(MachineImage image, List<? extends Change> rows) {
    PartitionStore store = PartitionStore.open(folder.resolve("live"), null, settings);
    opened.add(store);
    store.write(at(1), List.copyOf(rows));
    store.checkpoint(folder.resolve("c"), at(1), image);
    store.close();
    PartitionStore again =
        PartitionStore.open(folder.resolve("live"), folder.resolve("c"), settings);
    opened.add(again);
    return again;
  }

  private static PartitionImage image(List<QueueImage> queues, TopicImage... topics) {
    return new PartitionImage(
        new EntryTime(40, 50),
        60,
        -70,
        queues,
        new TopicsImage(1_000, 71, 12, List.of(topics)),
        CrossingImage.EMPTY);
  }

  private static TopicImage foreign(TopicId topic, long firstBody, long nextBody) {
    return new TopicImage(
        topic,
        TopicImage.NOT_HOME,
        null,
        nextBody,
        firstBody,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static TopicImage largeHome() {
    List<SentMark> marks = new ArrayList<>();
    for (int i = 1; i <= MARKS; i++) {
      marks.add(new SentMark(7L * i, 60_000L * i));
    }
    List<Holder> holders = new ArrayList<>();
    for (int i = 1; i <= HOLDERS; i++) {
      List<BodyMark> bodies = new ArrayList<>();
      for (int mark = 0; mark <= i % 16; mark++) {
        bodies.add(new BodyMark(1_000L * i + mark, 17L * mark));
      }
      holders.add(new Holder(new QueueId(3L * i), 1_000_000L * i, bodies));
    }
    List<RememberedSend> publishes = new ArrayList<>();
    List<Replay> replays = new ArrayList<>();
    for (ReplayStatus status : ReplayStatus.values()) {
      replays.add(new Replay(new SubscriptionId(90 + replays.size()), 3, 4, -1, 5, status));
    }
    for (int i = 1; i <= 5_000; i++) {
      publishes.add(new RememberedSend(i, Samples.deduplication(i), 100 + i));
    }
    return new TopicImage(
        NEWS, 9, TopicSamples.SETTINGS, 6_000, 10, 20, 30, marks, holders, publishes, replays);
  }

  private static List<Change> publishRows(int last) {
    List<Change> rows = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      rows.add(TopicSamples.remembered(NEWS, i));
    }
    return rows;
  }

  @Test
  void everythingOfTopicsComesBackBesideQueues() {
    QueueImage fifo = Samples.fifoImage(ORDERS, 5, List.of(), List.of());
    PartitionImage image =
        image(List.of(fifo), largeHome(), foreign(WEATHER, Long.MAX_VALUE, Long.MAX_VALUE));

    assertThat(throughACheckpoint(image, publishRows(5_000)).image()).contains(image);
  }

  @Test
  void noRowIsLarge() throws RocksDBException {
    IndexImage.write(
        image(List.of(), largeHome()), (_, row) -> assertThat(row.length).isLessThan(1_048_576));
  }

  @Test
  void publishesThatAreMissingAreNoticed() {
    PartitionStore store = throughACheckpoint(image(List.of(), largeHome()), publishRows(4_999));

    assertThatThrownBy(store::image)
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("deduplication rows of");
  }

  @Test
  void listsThatAreMissingAreNoticed() throws RocksDBException {
    PartitionStore store = throughACheckpoint(image(List.of(), largeHome()), publishRows(5_000));
    for (Keys.TopicList list : Keys.TopicList.values()) {
      byte[] key = Keys.imageTopicChunk(NEWS, list, 0);
      byte[] chunk = store.database().get(Table.IMAGE, key);
      assertThat(chunk).isNotNull();
      store
          .database()
          .use(
              "damage",
              open -> {
                open.delete(store.database().family(Table.IMAGE), settings.writeOptions(), key);
                return key;
              });
      assertThatThrownBy(store::image).isInstanceOf(UnreadableBytes.class);
      store
          .database()
          .use(
              "repair",
              open -> {
                open.put(store.database().family(Table.IMAGE), settings.writeOptions(), key, chunk);
                return key;
              });
    }
    assertThat(store.image()).isPresent();
  }

  @Test
  void aCheckpointFromBeforeTopicsIsRead() {
    PartitionStore store =
        throughACheckpoint(Samples.image(Samples.queueImage(ORDERS, 3)), List.of());
    ImageHead old =
        ImageHead.newBuilder()
            .setHash(-70)
            .setQueueMillis(40)
            .setWallMillis(50)
            .setRetentionMillis(60)
            .setPartition(PartitionHead.newBuilder().setQueues(1))
            .build();
    store
        .database()
        .use(
            "write the old head",
            open -> {
              open.put(
                  store.database().family(Table.IMAGE),
                  settings.writeOptions(),
                  Keys.imageHead(),
                  old.toByteArray());
              return old;
            });

    assertThat(store.image()).contains(Samples.image(Samples.queueImage(ORDERS, 3)));
  }

  @Test
  void rowsAndImageOfTopicsAreComparedAsAPair() {
    QueueImage queue = Samples.queueImage(ORDERS, 1);
    TopicImage news =
        new TopicImage(
            NEWS,
            9,
            TopicSamples.SETTINGS,
            5,
            4,
            0,
            0,
            List.of(),
            List.of(),
            List.of(new RememberedSend(4, Samples.deduplication(4), 104)),
            List.of());
    PartitionImage image = image(List.of(queue), news);
    PartitionStore store = PartitionStore.open(folder.resolve("live"), null, settings);
    opened.add(store);
    store.write(
        at(1),
        List.of(
            new Change.ClockAdvanced(new EntryTime(40, 50), 60),
            body(NEWS, 4, "rain"),
            notified(ORDERS, 1, "", notification(NEWS, 4)),
            TopicSamples.remembered(NEWS, 4)));
    assertThat(IndexFromRows.read(store).differences(image)).isEmpty();

    store.write(
        at(2),
        List.of(
            new TopicChange.BodiesForgotten(NEWS, 4),
            body(WEATHER, 1, "sun"),
            TopicSamples.remembered(NEWS, 5),
            TopicSamples.remembered(WEATHER, 1),
            new Change.OutboxAppended(ELSEWHERE, 1, TopicSamples.fanOut(WEATHER, 2))));
    assertThat(IndexFromRows.read(store).differences(image))
        .anyMatch(told -> told.contains("refers to BodyKey[topic=TopicId[number=70], number=4]"))
        .anyMatch(told -> told.contains("outbox entry 1 refers to"))
        .anyMatch(told -> told.contains("publishes"))
        .anyMatch(told -> told.contains("topic 71 has bodies"))
        .anyMatch(told -> told.contains("has sends and is not in the image"));
  }

  private static SubscriptionDefinition subscription(TopicId topic, long number) {
    return TopicSamples.subscription(
        topic, number, SubscriptionState.CONFIRMED, new QueueId(number + 1));
  }

  @Test
  void theCatalogueComesBackWithWhatItDefinesOfTopics() {
    // Ordered by number, though the rows lie by topic; of two kinds, with names of two lengths.
    List<SubscriptionDefinition> subscriptions =
        List.of(subscription(WEATHER, 80), subscription(NEWS, 81), subscription(WEATHER, 82));
    List<ResourceDefinition> resources =
        List.of(
            TopicSamples.resource(ResourceKind.PLATFORM_APPLICATION, "GCM/zebra"),
            TopicSamples.resource(ResourceKind.PLATFORM_ENDPOINT, "GCM/a/1"),
            TopicSamples.resource(ResourceKind.PLATFORM_ENDPOINT, "GCM/zebra/1"));
    CatalogueImage image =
        new CatalogueImage(
            new EntryTime(1, 2),
            3,
            4,
            Samples.text("key"),
            6,
            90,
            List.of(),
            List.of(),
            List.of(TopicSamples.topic(NEWS, "news"), TopicSamples.topic(WEATHER, "weather")),
            subscriptions,
            resources,
            List.of(TopicSamples.signingKey("b"), TopicSamples.signingKey("a")),
            CrossingImage.EMPTY,
            Samples.membership(),
            1);
    List<Change> rows = new ArrayList<>();
    image.topics().forEach(t -> rows.add(new TopicDefinitionChange.TopicDefined(t)));
    subscriptions.forEach(s -> rows.add(new TopicDefinitionChange.SubscriptionDefined(s)));
    resources.reversed().forEach(r -> rows.add(new TopicDefinitionChange.ResourceDefined(r)));
    rows.add(new Change.ClockAdvanced(new EntryTime(1, 2), 3));

    PartitionStore store = throughACheckpoint(image, rows);
    assertThat(store.image()).contains(image);
    assertThat(IndexFromRows.read(store).differences(image)).isEmpty();

    store.write(
        at(2),
        List.of(new TopicDefinitionChange.SubscriptionUndefined(new SubscriptionId(81), NEWS)));
    assertThatThrownBy(store::image)
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("subscriptions");
    assertThat(IndexFromRows.read(store).differences(image))
        .singleElement()
        .asString()
        .startsWith("subscriptions");
  }
}

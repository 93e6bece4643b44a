package io.tern.disk;

import static io.tern.disk.Samples.ELSEWHERE;
import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.Samples.emptyImage;
import static io.tern.disk.Samples.parked;
import static io.tern.disk.TopicSamples.NEWS;
import static io.tern.disk.TopicSamples.WEATHER;
import static io.tern.disk.TopicSamples.body;
import static io.tern.disk.TopicSamples.content;
import static io.tern.disk.TopicSamples.fanOut;
import static io.tern.disk.TopicSamples.notification;
import static io.tern.disk.TopicSamples.notified;
import static io.tern.disk.TopicSamples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.content.NotificationContent;
import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies, notifications and definitions of topics as rows of a real database. */
class TopicStoreTest {
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

  private static PartitionStore withNotification(PartitionStore store) {
    store.write(
        at(1), List.of(body(NEWS, 4, "rain"), notified(ORDERS, 1, "g", notification(NEWS, 4))));
    return store;
  }

  private static NotificationContent whole(StoredMessage message)
      throws InvalidProtocolBufferException {
    return NotificationContent.parseFrom(message.carriedContent().array());
  }

  @Test
  void aNotificationIsReadAsAReferenceToABodyThatIsThereOnce() {
    PartitionStore store = withNotification(open(null));
    store.write(at(2), List.of(notified(PAYMENTS, 9, "", notification(NEWS, 4))));

    assertThat(store.reader().read(ORDERS, 1))
        .contains(
            new StoredMessage(
                1, 1_001, "g", null, new StoredContent.Reference(notification(NEWS, 4))));
    assertThat(store.reader().read(PAYMENTS, 9))
        .map(StoredMessage::content)
        .contains(new StoredContent.Reference(notification(NEWS, 4)));
    assertThat(store.reader().body(NEWS, 4)).contains(stored(4, "rain"));
    assertThat(store.reader().body(WEATHER, 4)).isEmpty();
    assertThat(store.reader().body(NEWS, 5)).isEmpty();
  }

  @Test
  void bodiesOutliveACheckpointAndARemovedTopicAndAreForgottenUpToANumber() {
    PartitionStore store = open(null);
    for (long number = 1; number <= 6; number++) {
      store.write(
          at(number), List.of(body(NEWS, number, "n" + number), body(WEATHER, number, "w")));
    }
    store.write(at(7), List.of(new TopicChange.BodiesForgotten(NEWS, 4)));
    store.write(at(8), List.of(new TopicChange.TopicRemoved(NEWS)));
    store.checkpoint(folder.resolve("c"), at(8), emptyImage());

    MessageReader reader = open(folder.resolve("c")).reader();
    assertThat(reader.body(NEWS, 4)).isEmpty();
    assertThat(reader.body(NEWS, 5)).contains(stored(5, "n5"));
    assertThat(reader.bodies(NEWS, 1, 10, 1_000)).hasSize(2);
    assertThat(reader.bodies(WEATHER, 1, 10, 1_000)).hasSize(6);
  }

  @Test
  void bodiesAreReadInOrderWithinBothLimits() {
    PartitionStore store = open(null);
    store.write(
        at(1),
        List.of(
            body(NEWS, 300, "c".repeat(500)),
            body(NEWS, 2, "a"),
            body(NEWS, 255, "b"),
            body(WEATHER, 1, "other")));
    MessageReader reader = store.reader();

    assertThat(reader.bodies(NEWS, 0, 9, 9_000))
        .containsExactly(stored(2, "a"), stored(255, "b"), stored(300, "c".repeat(500)));
    assertThat(reader.bodies(NEWS, 3, 9, 9_000)).hasSize(2);
    assertThat(reader.bodies(NEWS, 0, 2, 9_000)).hasSize(2);
    assertThat(reader.bodies(NEWS, 0, 9, 300)).hasSize(2);
    assertThat(reader.bodies(NEWS, 300, 9, 300)).hasSize(1);
    assertThat(reader.bodies(NEWS, 301, 9, 300)).isEmpty();
  }

  @Test
  void aParkedNotificationTakesItsMessageAlong() throws InvalidProtocolBufferException {
    PartitionStore store = withNotification(open(null));
    store.write(at(2), List.of(parked(ORDERS, 1, 11)));

    StoredMessage waiting = store.reader().parked(ELSEWHERE, 11).orElseThrow();
    assertThat(waiting.group()).isEqualTo("g");
    assertThat(waiting.sentMillis()).isEqualTo(1_001);
    assertThat(waiting.content()).isInstanceOf(StoredContent.Inline.class);
    assertThat(whole(waiting))
        .isEqualTo(
            NotificationContent.newBuilder()
                .setTopic(70)
                .setBody(4)
                .setSequence(104)
                .setSubscription(90)
                .setProtocol("https")
                .setRaw(true)
                .setMessage(TopicSamples.published("rain"))
                .build());
    assertThat(store.reader().read(ORDERS, 1)).isEmpty();
    assertThat(store.reader().body(NEWS, 4)).isPresent();
  }

  @Test
  void aNotificationIsParkedByTheEntryThatStoredIt() throws InvalidProtocolBufferException {
    PartitionStore store = open(null);
    store.write(at(1), List.of(body(NEWS, 1, "early"), notified(PAYMENTS, 5, "", ref(1))));
    store.write(
        at(2),
        List.of(
            body(NEWS, 2, "sun"),
            notified(ORDERS, 1, "", ref(2)),
            notified(ORDERS, 2, "", ref(1)),
            parked(ORDERS, 1, 1),
            parked(PAYMENTS, 5, 2),
            parked(ORDERS, 2, 3)));

    assertThat(whole(waiting(store, 1)).getMessage()).isEqualTo(TopicSamples.published("sun"));
    assertThat(whole(waiting(store, 2)).getMessage()).isEqualTo(TopicSamples.published("early"));
    assertThat(whole(waiting(store, 3)).getMessage()).isEqualTo(TopicSamples.published("early"));
  }

  private static io.tern.state.topic.Notification ref(long body) {
    return notification(NEWS, body);
  }

  private static StoredMessage waiting(PartitionStore store, long outboxNumber) {
    return store.reader().parked(ELSEWHERE, outboxNumber).orElseThrow();
  }

  @Test
  void whatWasWrittenEarlyDoesNotChangeWhatIsParked() {
    PartitionStore early = withNotification(open(null));
    early.write(at(2), List.of(parked(ORDERS, 1, 1)));
    StoredMessage apart = waiting(early, 1);

    PartitionStore together = open(null);
    together.write(
        at(1),
        List.of(
            body(NEWS, 4, "rain"),
            notified(ORDERS, 1, "g", notification(NEWS, 4)),
            parked(ORDERS, 1, 1)));

    assertThat(waiting(together, 1)).isEqualTo(apart);
  }

  @Test
  void aNotificationThatArrivedWholeIsParkedAgainAsItIs() {
    PartitionStore store = withNotification(open(null));
    store.write(at(2), List.of(parked(ORDERS, 1, 1)));
    Bytes carried = waiting(store, 1).carriedContent();
    Arrival past = new Arrival(Samples.NAME, 3, 17);
    store.write(
        at(3), List.of(new Change.MessageArrived(PAYMENTS, 1, 0, 1_001, 5, "", past, carried)));

    assertThat(store.reader().read(PAYMENTS, 1))
        .contains(new StoredMessage(1, 1_001, "", Samples.NAME, new StoredContent.Inline(carried)));
    store.write(at(4), List.of(new TopicChange.BodiesForgotten(NEWS, 4), parked(PAYMENTS, 1, 2)));
    assertThat(waiting(store, 2).content()).isEqualTo(new StoredContent.Inline(carried));
    assertThat(waiting(store, 2).deadLetterSource()).isEqualTo(Samples.NAME);
  }

  @Test
  void aNotificationWithoutABodyCannotBeParked() {
    PartitionStore store = open(null);

    assertThatThrownBy(() ->
            store.write(
                at(1),
                List.of(notified(ORDERS, 1, "", notification(NEWS, 4)), parked(ORDERS, 1, 1))))
        .isInstanceOf(StorageFailure.class);
  }

  @Test
  void aNotificationIsNotHandedOutAsItIs() {
    StoredMessage message = withNotification(open(null)).reader().read(ORDERS, 1).orElseThrow();

    assertThatThrownBy(message::plainContent).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(message::carriedContent).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFanOutWaitsWithoutItsBodyOrWithOneOfItsOwn() {
    PartitionStore store = open(null);
    TopicCrossing.FanOut own = fanOut(NEWS, 4);
    TopicCrossing.FanOut foreign = fanOut(WEATHER, 9);
    store.write(
        at(1),
        List.of(
            body(NEWS, 4, "rain"),
            body(WEATHER, 9, "not this one"),
            new Change.OutboxAppended(ELSEWHERE, 1, own),
            new Change.OutboxAppended(
                ELSEWHERE, 2, new TopicCrossing.CarriedFanOut(foreign, content("hail")))));

    assertThat(ImageReader.outboxRows(store.database()).get(ELSEWHERE))
        .containsExactly(new OutboxEntry(1, own), new OutboxEntry(2, foreign));
    assertThat(store.reader().fanOutBody(ELSEWHERE, 1, own)).contains(content("rain"));
    assertThat(store.reader().fanOutBody(ELSEWHERE, 2, foreign)).contains(content("hail"));
    store.write(
        at(2),
        List.of(new TopicChange.BodiesForgotten(NEWS, 4), new Change.OutboxSettled(ELSEWHERE, 2)));
    assertThat(store.reader().fanOutBody(ELSEWHERE, 1, own)).isEmpty();
    assertThat(store.reader().fanOutBody(ELSEWHERE, 2, foreign)).isEmpty();
  }

  @Test
  void rememberedPublishesAreForgottenUpToANumberAndWithTheirTopic() {
    PartitionStore store = open(null);
    List<Change> many = new ArrayList<>();
    for (long number = 1; number <= 6; number++) {
      many.add(TopicSamples.remembered(NEWS, number));
      many.add(TopicSamples.remembered(WEATHER, number));
    }
    store.write(at(1), many);
    store.write(at(2), List.of(new TopicChange.PublishesForgotten(NEWS, 4)));
    assertThat(publishes(store, NEWS.number())).containsExactly(5L, 6L);

    store.write(at(3), List.of(new TopicChange.TopicRemoved(NEWS)));
    assertThat(publishes(store, NEWS.number())).isEmpty();
    assertThat(publishes(store, WEATHER.number())).hasSize(6);
  }

  private static List<Long> publishes(PartitionStore store, long topic) {
    return ImageReader.sendRows(store.database())
        .getOrDefault(new QueueId(topic), List.of())
        .stream()
        .map(RememberedSend::number)
        .toList();
  }

  @Test
  void definitionsAreKeptAndATopicTakesItsSubscriptionsAlong() {
    PartitionStore store = open(null);
    TopicDefinitionChange.SubscriptionDefined weather =
        new TopicDefinitionChange.SubscriptionDefined(
            TopicSamples.subscription(WEATHER, 5, SubscriptionState.CONFIRMED, ORDERS));
    store.write(
        at(1),
        List.of(
            new TopicDefinitionChange.TopicDefined(TopicSamples.topic(NEWS, "news")),
            new TopicDefinitionChange.TopicDefined(TopicSamples.topic(WEATHER, "weather")),
            weather,
            new TopicDefinitionChange.SubscriptionDefined(
                TopicSamples.subscription(NEWS, 6, SubscriptionState.PENDING, null)),
            new TopicDefinitionChange.SubscriptionDefined(
                TopicSamples.subscription(NEWS, 7, SubscriptionState.DELETED, null)),
            new TopicDefinitionChange.ResourceDefined(
                TopicSamples.resource(ResourceKind.PLATFORM_ENDPOINT, "x".repeat(400))),
            new TopicDefinitionChange.ResourceDefined(
                TopicSamples.resource(ResourceKind.OPTED_OUT_NUMBER, "+15550100"))));
    store.write(
        at(2),
        List.of(
            new TopicDefinitionChange.TopicUndefined(NEWS, TopicSamples.NAME),
            new TopicDefinitionChange.ResourceUndefined(
                TopicSamples.resource(ResourceKind.OPTED_OUT_NUMBER, "+15550100").key())));

    DefinitionRows rows = DefinitionRows.read(store.database());
    assertThat(rows.topics()).containsExactly(TopicSamples.topic(WEATHER, "weather"));
    assertThat(rows.subscriptions()).containsExactly(weather.definition());
    assertThat(rows.resources())
        .containsExactly(TopicSamples.resource(ResourceKind.PLATFORM_ENDPOINT, "x".repeat(400)));

    store.write(
        at(3),
        List.of(
            new TopicDefinitionChange.SubscriptionUndefined(
                weather.definition().subscription(), WEATHER)));
    assertThat(DefinitionRows.read(store.database()).subscriptions()).isEmpty();
  }
}

package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicDefinitionCommand.AddSigningKey;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.TopicDefinitionCommand.RemoveResource;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.TopicReply.TopicTaken;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The mirror follows a real catalogue. */
class TopicMirrorTest {
  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "000000000000";
  private static final PartitionId HOME = new PartitionId(1);

  private final CatalogueMirror mirror = mirror();
  private final CatalogueMachine machine = CatalogueMachine.empty();

  TopicMirrorTest() {
    ask(new Command.InitializeCluster(Bytes.of(new byte[] {1}), 1));
  }

  @Test
  void topicsComePageByPageAndByRegion() {
    TopicId c = create("c");
    TopicId a = create("a");
    create("b");
    ask(new CreateTopic(new TopicName("eu-west-1", ACCOUNT, "d"), none(), none()));

    assertThat(names(mirror.topics().list(REGION, ACCOUNT, "", 2))).containsExactly("a", "b");
    assertThat(names(mirror.topics().list(REGION, ACCOUNT, "b", 2))).containsExactly("c");
    assertThat(names(mirror.topics().list("eu-west-1", ACCOUNT, "", 9))).containsExactly("d");
    assertThat(mirror.topics().list(REGION, "x", "", 9)).isEmpty();
    assertThat(mirror.topics().find(c)).isEqualTo(mirror.topics().find(name("c")));

    ask(new DeleteTopic(a));

    assertThat(names(mirror.topics().list(REGION, ACCOUNT, "", 9))).containsExactly("b", "c");
    assertThat(mirror.topics().find(a)).isEmpty();
  }

  @Test
  void subscriptionsAreFoundAndListed() {
    TopicId topic = create("a");
    SubscriptionId queue = subscribe(topic, "sqs", "arn:q", true);
    SubscriptionId web = subscribe(topic, "http", "http://a", true);
    SubscriptionId pending = subscribe(topic, "http", "http://b", false);
    SubscriptionMirror all = mirror.subscriptions();

    assertThat(all.find(new UUID(7, queue.number()))).isEqualTo(all.find(queue));
    assertThat(numbers(all.confirmed(topic))).containsExactly(queue, web);
    assertThat(numbers(all.list(topic, 0, 2))).containsExactly(queue, web);
    assertThat(numbers(all.list(topic, web.number(), 2))).containsExactly(pending);
    assertThat(numbers(all.list(REGION, ACCOUNT, queue.number(), 9))).containsExactly(web, pending);
    assertThat(all.list("eu-west-1", ACCOUNT, 0, 9)).isEmpty();
    assertThat(all.list(REGION, "x", 0, 9)).isEmpty();
    assertThat(all.counts(topic)).isEqualTo(new SubscriptionMirror.Counts(2, 1, 0));
    QueueId delivery = new QueueId(web.number() + 1);
    assertThat(all.ofDeliveryQueue(HOME, delivery)).isEqualTo(all.find(web));
    assertThat(numbers(List.copyOf(all.withDeliveryQueues(HOME)))).containsExactly(web);
    assertThat(all.withDeliveryQueues(new PartitionId(2))).isEmpty();
  }

  @Test
  void aDeletedOneIsFoundButNotListed() {
    TopicId topic = create("a");
    SubscriptionId web = subscribe(topic, "http", "http://a", true);
    SubscriptionMirror all = mirror.subscriptions();
    QueueId delivery = new QueueId(web.number() + 1);

    ask(new Unsubscribe(web, true));

    assertThat(all.find(web).orElseThrow().state()).isEqualTo(SubscriptionState.DELETED);
    assertThat(all.list(topic, 0, 9)).isEmpty();
    assertThat(all.list(REGION, ACCOUNT, 0, 9)).isEmpty();
    assertThat(all.confirmed(topic)).isEmpty();
    assertThat(all.counts(topic)).isEqualTo(new SubscriptionMirror.Counts(0, 0, 1));
    assertThat(all.ofDeliveryQueue(HOME, delivery)).isEmpty();

    ask(new ConfirmSubscription(web, true, false));

    assertThat(numbers(all.list(topic, 0, 9))).containsExactly(web);
    assertThat(all.withDeliveryQueues(HOME)).hasSize(1);

    ask(new Unsubscribe(web, true));
    ask(new DeleteTopic(topic));

    assertThat(all.find(web)).isEmpty();
    assertThat(all.find(new UUID(7, web.number()))).isEmpty();
    assertThat(all.size()).isZero();
    assertThat(all.counts(topic)).isEqualTo(new SubscriptionMirror.Counts(0, 0, 0));
  }

  @Test
  void whatADeletedTopicHadIsToldForAMoment() {
    TopicId topic = create("a");
    SubscriptionId queue = subscribe(topic, "sqs", "arn:q", true);
    SubscriptionId pending = subscribe(topic, "http", "http://b", false);
    SubscriptionId ended = subscribe(topic, "sqs", "arn:r", true);
    OrphanedSubscriptions orphans = mirror.subscriptions().orphans();
    ask(new Unsubscribe(ended, false));
    TopicDefinition before = mirror.topics().find(topic).orElseThrow();
    SubscriptionDefinition subscription = mirror.subscriptions().find(queue).orElseThrow();

    ask(new DeleteTopic(topic));

    UUID id = new UUID(7, queue.number());
    assertThat(mirror.subscriptions().find(id)).isEmpty();
    assertThat(orphans.find(id, 1 + Limits.ORPHANED_SUBSCRIPTION_MILLIS))
        .contains(new OrphanedSubscriptions.Orphan(before, subscription, 1));
    assertThat(orphans.find(id, 2 + Limits.ORPHANED_SUBSCRIPTION_MILLIS)).isEmpty();
    assertThat(orphans.find(new UUID(7, pending.number()), 1)).isEmpty();
    assertThat(orphans.find(new UUID(7, ended.number()), 1)).isEmpty();
  }

  @Test
  void ofTooManyOrphansTheOldestGiveWay() {
    TopicId topic = create("a");
    SubscriptionId queue = subscribe(topic, "sqs", "arn:q", true);
    OrphanedSubscriptions.Orphan orphan =
        new OrphanedSubscriptions.Orphan(
            mirror.topics().find(topic).orElseThrow(),
            mirror.subscriptions().find(queue).orElseThrow(),
            1);
    OrphanedSubscriptions orphans = new OrphanedSubscriptions();
    for (int i = 0; i <= Limits.ORPHANED_SUBSCRIPTIONS; i++) {
      orphans.add(new UUID(0, i), orphan);
    }

    assertThat(orphans.find(new UUID(0, 0), 1)).isEmpty();
    assertThat(orphans.find(new UUID(0, 1), 1)).contains(orphan);
    assertThat(orphans.find(new UUID(0, Limits.ORPHANED_SUBSCRIPTIONS), 1)).contains(orphan);
  }

  @Test
  void tellsWhichTopicsChanged() {
    List<TopicId> told = new ArrayList<>();
    TopicListener listener =
        topic -> {
          told.add(topic);
          assertThat(mirror.subscriptions().confirmed(topic).size())
              .as("the mirror has it already")
              .isEqualTo(mirror.subscriptions().counts(topic).confirmed());
        };
    TopicId a = create("a");
    mirror.topics().listen(listener);
    TopicId b = create("b");
    subscribe(a, "sqs", "arn:q", true);
    SubscriptionId pending = subscribe(b, "http", "http://a", false);
    ask(new Unsubscribe(pending, false));
    ask(new Command.Tick());
    ask(new DeleteTopic(a));
    mirror.topics().forget(listener);
    create("c");

    assertThat(told).containsExactly(b, a, b, b, a);
  }

  @Test
  void resourcesAndKeys() {
    CompletableFuture<SigningKey> first = mirror.resources().firstSigningKey();
    ResourceKey application = key(ResourceKind.PLATFORM_APPLICATION, "GCM/app");
    put(application);
    put(key(ResourceKind.PLATFORM_APPLICATION, "ADM/app"));
    put(application.endpoint("1"));
    put(application.endpoint("2"));
    put(key(ResourceKind.SMS_ATTRIBUTES, ""));
    ResourceMirror all = mirror.resources();

    assertThat(keys(list(ResourceKind.PLATFORM_APPLICATION, "", "", 9)))
        .containsExactly("ADM/app", "GCM/app");
    assertThat(keys(list(ResourceKind.PLATFORM_APPLICATION, "", "ADM/app", 9)))
        .containsExactly("GCM/app");
    assertThat(keys(list(ResourceKind.PLATFORM_ENDPOINT, "GCM/app/", "", 1)))
        .containsExactly("GCM/app/1");
    assertThat(keys(list(ResourceKind.PLATFORM_ENDPOINT, "GCM/app/", "GCM/app/1", 9)))
        .containsExactly("GCM/app/2");
    assertThat(keys(list(ResourceKind.SMS_ATTRIBUTES, "", "", 9))).containsExactly("");
    assertThat(all.find(application)).isPresent();

    ask(new RemoveResource(application));
    SigningKey key = new SigningKey("k1", Bytes.EMPTY, "pem");
    SigningKey newer = new SigningKey("k2", Bytes.EMPTY, "pem");
    assertThat(all.signingKey()).isEmpty();
    ask(new AddSigningKey(key, true));
    ask(new AddSigningKey(newer, false));

    assertThat(all.find(application)).isEmpty();
    assertThat(list(ResourceKind.PLATFORM_ENDPOINT, "", "", 9)).isEmpty();
    assertThat(first).isCompletedWithValue(key);
    assertThat(all.signingKey()).contains(newer);
    assertThat(all.signingKey("k1")).contains(key);
  }

  /** Whatever happened, a mirror that followed and one that began with a checkpoint agree. */
  @Test
  void aCheckpointSaysTheSame() {
    Random random = new Random(42);
    CatalogueMirror late = mirror();
    for (int step = 0; step < 3_000; step++) {
      ask(random(random));
      if (step % 100 == 0) {
        late.opened(machine);
        CatalogueMirror fresh = mirror();
        fresh.opened(machine);
        assertThat(told(mirror)).isEqualTo(told(fresh)).isEqualTo(told(late));
      }
    }
    assertThat(mirror.subscriptions().size()).isPositive();
  }

  /** All that a mirror can be asked. */
  private static List<Object> told(CatalogueMirror mirror) {
    List<Object> told = new ArrayList<>(mirror.topics().list(REGION, ACCOUNT, "", 99));
    SubscriptionMirror subscriptions = mirror.subscriptions();
    for (TopicDefinition topic : mirror.topics().list(REGION, ACCOUNT, "", 99)) {
      told.add(mirror.topics().find(topic.topic()));
      told.addAll(subscriptions.list(topic.topic(), 0, 99));
      told.addAll(subscriptions.confirmed(topic.topic()));
      told.add(subscriptions.counts(topic.topic()));
    }
    told.addAll(subscriptions.list(REGION, ACCOUNT, 0, 99));
    told.add(subscriptions.size());
    subscriptions.withDeliveryQueues(HOME).stream()
        .map(SubscriptionDefinition::subscription)
        .sorted()
        .forEach(told::add);
    for (ResourceKind kind : ResourceKind.values()) {
      told.addAll(mirror.resources().list(kind, REGION, ACCOUNT, "", "", 99));
    }
    return told;
  }

  private static TopicDefinitionCommand random(Random random) {
    TopicId topic = new TopicId(1L + random.nextInt(200));
    SubscriptionId subscription = new SubscriptionId(1L + random.nextInt(400));
    ResourceKey application = key(ResourceKind.PLATFORM_APPLICATION, "GCM/" + random.nextInt(3));
    return switch (random.nextInt(14)) {
      case 0, 1 -> new CreateTopic(name("t" + random.nextInt(5)), none(), none());
      case 2 -> random.nextInt(4) == 0 ? new DeleteTopic(topic) : retagged(topic, random);
      case 3, 4, 5, 6 ->
          new Subscribe(
              topic,
              random.nextBoolean() ? "sqs" : "http",
              "e" + random.nextInt(6),
              ACCOUNT,
              none(),
              random.nextBoolean());
      case 7, 8 -> new ConfirmSubscription(subscription, true, false);
      case 9 -> new Unsubscribe(subscription, random.nextBoolean());
      case 10 -> new ReplaceSubscription(subscription, 1, map("RawMessageDelivery", "true"));
      case 11 -> new RemoveResource(application);
      case 12 -> new PutResource(application, 0, none());
      default -> new PutResource(application.endpoint("" + random.nextInt(3)), 0, none());
    };
  }

  private static TopicDefinitionCommand retagged(TopicId topic, Random random) {
    return new ReplaceTopic(topic, 1, none(), map("k", "" + random.nextInt()));
  }

  private TopicId create(String name) {
    return ((TopicTaken) ask(new CreateTopic(name(name), none(), none()))).topic();
  }

  private SubscriptionId subscribe(
      TopicId topic, String protocol, String endpoint, boolean confirmed) {
    Subscribe command = new Subscribe(topic, protocol, endpoint, ACCOUNT, none(), confirmed);
    return ((SubscriptionTaken) ask(command)).subscription();
  }

  private void put(ResourceKey key) {
    assertThat(ask(new PutResource(key, 0, none()))).isEqualTo(new Reply.Done());
  }

  private List<ResourceDefinition> list(ResourceKind kind, String prefix, String after, int most) {
    return mirror.resources().list(kind, REGION, ACCOUNT, prefix, after, most);
  }

  private Reply ask(Command command) {
    EntryRunner runner =
        new EntryRunner(
            machine,
            (failed, failure) -> {
              throw new AssertionError("A rule failed at " + failed, failure);
            });
    var applied = runner.run(new Entry(new EntryTime(1, 1), List.of(command)));
    mirror.entryApplied(applied);
    return applied.replies().getFirst();
  }

  private static CatalogueMirror mirror() {
    return new CatalogueMirror(key -> number -> new UUID(key.size() + 6L, number));
  }

  private static ResourceKey key(ResourceKind kind, String name) {
    return new ResourceKey(kind, REGION, ACCOUNT, name);
  }

  private static TopicName name(String name) {
    return new TopicName(REGION, ACCOUNT, name);
  }

  private static List<String> names(List<TopicDefinition> topics) {
    return topics.stream().map(topic -> topic.name().name()).toList();
  }

  private static List<SubscriptionId> numbers(List<SubscriptionDefinition> subscriptions) {
    return subscriptions.stream().map(SubscriptionDefinition::subscription).toList();
  }

  private static List<String> keys(List<ResourceDefinition> resources) {
    return resources.stream().map(resource -> resource.key().name()).toList();
  }

  private static SortedMap<String, String> none() {
    return new TreeMap<>();
  }

  private static SortedMap<String, String> map(String name, String value) {
    return new TreeMap<>(Map.of(name, value));
  }
}

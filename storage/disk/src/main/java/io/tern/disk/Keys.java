package io.tern.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.catalogue.ResourceKey;
import java.nio.ByteBuffer;

/**
 * The keys of all tables, as {@link Table} describes them. Used by whoever reads or writes rows.
 */
final class Keys {

  /** Bytes of the longest key that is read back; those of resources are not. */
  static final int MAX_BYTES = 16;

  static final int MESSAGE_BYTES = 16;

  private static final byte IMAGE_HEAD = 1;
  private static final byte IMAGE_QUEUE = 2;
  private static final byte IMAGE_DELETIONS = 3;
  private static final byte IMAGE_TOPIC = 4;
  private static final byte IMAGE_END = 5;
  private static final int IMAGE_QUEUE_BYTES = 9;
  private static final int IMAGE_TOPIC_BYTES = 9;

  /** Of {@link Table#META}. */
  enum MetaRow {
    APPLIED(1),
    CLOCK(2);

    private final byte row;

    MetaRow(int row) {
      this.row = (byte) row;
    }

    byte[] key() {
      return new byte[] {row};
    }
  }

  /** The lists of a queue's image; their numbers are never reused. */
  enum ImageList {
    READY(1),
    TOUCHED(2),
    SENT_MARKS(3),
    GROUPS(4),
    DELAYED(5),
    ATTEMPTS(6);

    private final byte list;

    ImageList(int list) {
      this.list = (byte) list;
    }
  }

  /** The lists of a topic's image; their numbers are never reused. */
  enum TopicList {
    ARCHIVE_MARKS(1),
    HOLDERS(2),
    REPLAYS(3);

    private final byte list;

    TopicList(int list) {
      this.list = (byte) list;
    }
  }

  /** Of {@link Table#MESSAGES}, of deliveries and of deduplication. */
  static byte[] message(QueueId queue, long number) {
    return ByteBuffer.allocate(MESSAGE_BYTES).putLong(queue.number()).putLong(number).array();
  }

  /** The first key after all messages of the queue. */
  static byte[] afterQueue(QueueId queue) {
    return message(new QueueId(queue.number() + 1), 0);
  }

  static QueueId queueOf(ByteBuffer messageKey) {
    return new QueueId(messageKey.getLong(0));
  }

  static long numberOf(ByteBuffer messageKey) {
    return messageKey.getLong(Long.BYTES);
  }

  static byte[] definition(QueueId queue) {
    return ByteBuffer.allocate(Long.BYTES).putLong(queue.number()).array();
  }

  /** Of {@link Table#BODIES}. */
  static byte[] body(TopicId topic, long number) {
    return ByteBuffer.allocate(MESSAGE_BYTES).putLong(topic.number()).putLong(number).array();
  }

  static TopicId topicOf(ByteBuffer bodyKey) {
    return new TopicId(bodyKey.getLong(0));
  }

  static byte[] topic(TopicId topic) {
    return ByteBuffer.allocate(Long.BYTES).putLong(topic.number()).array();
  }

  static byte[] subscription(TopicId topic, SubscriptionId subscription) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(topic.number())
        .putLong(subscription.number())
        .array();
  }

  /** The first key after all subscriptions of the topic, or after all its bodies. */
  static byte[] afterTopic(TopicId topic) {
    return body(new TopicId(topic.number() + 1), 0);
  }

  static byte[] resource(ResourceKey key) {
    byte[] region = key.region().getBytes(UTF_8);
    byte[] account = key.account().getBytes(UTF_8);
    byte[] name = key.name().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + 2 * Integer.BYTES + region.length + account.length + name.length)
        .put((byte) TopicWords.kind(key.kind()).getNumber())
        .putInt(region.length)
        .put(region)
        .putInt(account.length)
        .put(account)
        .put(name)
        .array();
  }

  static byte[] outbox(PartitionId destination, long number) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(destination.number())
        .putLong(number)
        .array();
  }

  static PartitionId destinationOf(ByteBuffer outboxKey) {
    return new PartitionId(outboxKey.getInt(0));
  }

  static long outboxNumberOf(ByteBuffer outboxKey) {
    return outboxKey.getLong(Integer.BYTES);
  }

  static byte[] inbox(PartitionId source) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(source.number()).array();
  }

  static PartitionId sourceOf(ByteBuffer inboxKey) {
    return new PartitionId(inboxKey.getInt(0));
  }

  static byte[] imageHead() {
    return new byte[] {IMAGE_HEAD};
  }

  static byte[] imageQueue(QueueId queue) {
    return ByteBuffer.allocate(IMAGE_QUEUE_BYTES).put(IMAGE_QUEUE).putLong(queue.number()).array();
  }

  static byte[] imageChunk(QueueId queue, ImageList list, int chunk) {
    return ByteBuffer.allocate(IMAGE_QUEUE_BYTES + 1 + Integer.BYTES)
        .put(IMAGE_QUEUE)
        .putLong(queue.number())
        .put(list.list)
        .putInt(chunk)
        .array();
  }

  static byte[] imageDeletions(int chunk) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(IMAGE_DELETIONS).putInt(chunk).array();
  }

  static byte[] imageTopic(TopicId topic) {
    return ByteBuffer.allocate(IMAGE_TOPIC_BYTES).put(IMAGE_TOPIC).putLong(topic.number()).array();
  }

  static byte[] imageTopicChunk(TopicId topic, TopicList list, int chunk) {
    return ByteBuffer.allocate(IMAGE_TOPIC_BYTES + 1 + Integer.BYTES)
        .put(IMAGE_TOPIC)
        .putLong(topic.number())
        .put(list.list)
        .putInt(chunk)
        .array();
  }

  /** The first key after all rows of the image. */
  static byte[] afterImage() {
    return new byte[] {IMAGE_END};
  }

  /** What a key of the image stands for. */
  sealed interface ImageKey {
    record Head() implements ImageKey {}

    record Queue(QueueId queue) implements ImageKey {}

    record Chunk(QueueId queue, ImageList list) implements ImageKey {}

    record Deletions() implements ImageKey {}

    record Topic(TopicId topic) implements ImageKey {}

    record TopicChunk(TopicId topic, TopicList list) implements ImageKey {}
  }

  static ImageKey imageKey(ByteBuffer key) {
    return switch (key.get(0)) {
      case IMAGE_HEAD -> new ImageKey.Head();
      case IMAGE_DELETIONS -> new ImageKey.Deletions();
      case IMAGE_QUEUE -> {
        QueueId queue = new QueueId(key.getLong(1));
        yield key.limit() == IMAGE_QUEUE_BYTES
            ? new ImageKey.Queue(queue)
            : new ImageKey.Chunk(queue, imageList(key.get(IMAGE_QUEUE_BYTES)));
      }
      case IMAGE_TOPIC -> {
        TopicId topic = new TopicId(key.getLong(1));
        yield key.limit() == IMAGE_TOPIC_BYTES
            ? new ImageKey.Topic(topic)
            : new ImageKey.TopicChunk(topic, topicList(key.get(IMAGE_TOPIC_BYTES)));
      }
      default -> throw new UnreadableBytes("An image row of the unknown kind " + key.get(0) + ".");
    };
  }

  private static ImageList imageList(byte number) {
    for (ImageList list : ImageList.values()) {
      if (list.list == number) {
        return list;
      }
    }
    throw new UnreadableBytes("An image row of the unknown list " + number + ".");
  }

  private static TopicList topicList(byte number) {
    for (TopicList list : TopicList.values()) {
      if (list.list == number) {
        return list;
      }
    }
    throw new UnreadableBytes("An image row of a topic's unknown list " + number + ".");
  }

  private Keys() {}
}

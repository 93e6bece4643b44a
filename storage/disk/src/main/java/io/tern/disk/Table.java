package io.tern.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The column families of a partition's database: what a key consists of and which message of
 * internal/rows.proto the value is. Numbers in keys are big-endian, so that rows lie in their
 * order. Names are never reused for something else.
 */
public enum Table {
  /**
   * The database's small facts, MetaRow names the keys: {@code row 1 byte -> AppliedRow or
   * ClockRow}. RocksDB insists on a family of this name.
   */
  META("default"),

  /** {@code queue 8 bytes, number 8 bytes -> MessageRow}. */
  MESSAGES("messages"),

  /** {@code queue 8 bytes, number 8 bytes -> DeliveryRow}; only messages that were received. */
  DELIVERIES("deliveries"),

  /** {@code topic 8 bytes, number 8 bytes -> BodyRow}; what notifications refer to. */
  BODIES("bodies"),

  /**
   * {@code queue or topic 8 bytes, number 8 bytes -> DeduplicationRow}; what a FIFO queue or a FIFO
   * topic remembers. No queue has the number of a topic.
   */
  DEDUPLICATION("deduplication"),

  /** {@code queue 8 bytes -> DefinitionRow}; of the catalogue. */
  DEFINITIONS("definitions"),

  /** {@code topic 8 bytes -> TopicRow}; of the catalogue. */
  TOPICS("topics"),

  /** {@code topic 8 bytes, subscription 8 bytes -> SubscriptionRow}; of the catalogue. */
  SUBSCRIPTIONS("subscriptions"),

  /** {@code kind 1 byte, region, account and name -> ResourceRow}; of the catalogue. */
  RESOURCES("resources"),

  /** {@code destination 4 bytes, number 8 bytes -> OutboxRow}; what is not settled yet. */
  OUTBOX("outbox"),

  /** {@code source 4 bytes -> InboxRow}. */
  INBOX("inbox"),

  /**
   * What a checkpoint keeps of the index and no other table holds: {@code 1 -> ImageHead}, {@code
   * 2, queue 8 bytes -> QueueImageRow}, {@code 2, queue 8 bytes, list 1 byte, chunk 4 bytes -> a
   * chunk}, {@code 3, chunk 4 bytes -> DeletionsChunk}, {@code 4, topic 8 bytes -> TopicImageRow},
   * {@code 4, topic 8 bytes, list 1 byte, chunk 4 bytes -> a chunk}.
   */
  IMAGE("image");

  private final String family;

  Table(String family) {
    this.family = family;
  }

  /** The column family's name in the database. */
  byte[] family() {
    return family.getBytes(US_ASCII);
  }
}

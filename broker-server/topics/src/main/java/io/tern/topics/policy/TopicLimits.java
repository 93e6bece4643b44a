package io.tern.topics.policy;

/** The numbers SNS promises to callers about topics, subscriptions and messages. */
public final class TopicLimits {
  /** Bytes of a message with its attributes, and of a whole batch. */
  public static final int MESSAGE_BYTES = 262_144;

  /** Characters of a text message. */
  public static final int SMS_CHARACTERS = 1_600;

  /** Characters of a topic's name, the suffix of a FIFO topic included. */
  public static final int NAME_CHARACTERS = 256;

  /** Characters of a Subject. */
  public static final int SUBJECT_CHARACTERS = 99;

  public static final int DISPLAY_NAME_CHARACTERS = 100;

  /** Characters of an attribute's name, and bytes of its type. */
  public static final int ATTRIBUTE_NAME_CHARACTERS = 256;

  /** Characters of a group or a deduplication id. */
  public static final int FIFO_ID_CHARACTERS = 128;

  /** Entries of a batch. */
  public static final int BATCH_ENTRIES = 10;

  /** Characters of a batch entry's id. */
  public static final int BATCH_ID_CHARACTERS = 80;

  /** Bytes of a topic's access policy. */
  public static final int POLICY_BYTES = 30_720;

  public static final int POLICY_STATEMENTS = 100;

  /** Principals named in a topic's access policy. */
  public static final int POLICY_PRINCIPALS = 200;

  /** Characters of a data protection policy. */
  public static final int DATA_PROTECTION_CHARACTERS = 30_720;

  /** Days that messages are archived. */
  public static final int ARCHIVE_DAYS = 365;

  /** Retries that a delivery policy may ask for. */
  public static final int RETRIES = 100;

  /** Seconds that a delivery policy may wait before one retry, and before all together. */
  public static final int DELAY_SECONDS = 3_600;

  private TopicLimits() {}
}

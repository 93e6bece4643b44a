package io.tern.state.limits;

/**
 * Every number promised to callers or to ourselves; nothing in Tern is unbounded. Those of
 * deliveries to the world outside are in {@link DeliveryLimits}, those of gRPC in {@link
 * GrpcLimits}.
 */
public final class Limits {

  // Promised to callers; the numbers of Amazon SQS unless a line says otherwise.

  /** Bytes of a message's body and attributes, and of a whole batch. */
  public static final int MESSAGE_BYTES = 1_048_576;

  /** Entries of a batch request, and messages of one receive. */
  public static final int BATCH_ENTRIES = 10;

  /** User attributes of a message. */
  public static final int MESSAGE_ATTRIBUTES = 10;

  /** Messages of a standard queue that may be in flight at once. */
  public static final int IN_FLIGHT_MESSAGES = 120_000;

  /** Longest total visibility timeout, counted from the receive: 12 hours. */
  public static final long VISIBILITY_MILLIS = 43_200_000;

  /** Longest delay of a message: 15 minutes. */
  public static final long DELAY_MILLIS = 900_000;

  /** Longest wait of a long poll. */
  public static final long WAIT_MILLIS = 20_000;

  /** Interval between purges of a queue, and between deleting a queue and re-creating it. */
  public static final long PURGE_INTERVAL_MILLIS = 60_000;

  /** How long a FIFO queue remembers a send: 5 minutes. */
  public static final long DEDUPLICATION_MILLIS = 300_000;

  /** How long a receive may be retried under its attempt id: 5 minutes. */
  public static final long ATTEMPT_MILLIS = 300_000;

  /** Messages that a move task may move in a second. */
  public static final int MOVE_RATE = 500;

  /** Longest life of a move task: 36 hours. */
  public static final long MOVE_TASK_MILLIS = 129_600_000;

  /** Move tasks of a queue that are told, the newest ones. */
  public static final int MOVE_TASKS = 10;

  /** Most receives before a message counts as a dead letter. */
  public static final int RECEIVES_BEFORE_DEAD = 1_000;

  /** Queues that a redrive allow policy may name. */
  public static final int ALLOWED_SOURCES = 10;

  /** Tags of a queue. */
  public static final int TAGS = 50;

  /** Characters of a tag's key; a value may have twice as many. */
  public static final int TAG_KEY_CHARACTERS = 128;

  /** Messages in flight from which on a group may count as noisy. */
  public static final int FAIR_LEAST_IN_FLIGHT = 30;

  /** Standard topics of an account in a region. */
  public static final int STANDARD_TOPICS = 100_000;

  /** FIFO topics of an account in a region. */
  public static final int FIFO_TOPICS = 1_000;

  /** Subscriptions of a FIFO topic. */
  public static final int FIFO_TOPIC_SUBSCRIPTIONS = 100;

  /** Subscriptions of delivery streams that an owner has to one topic. */
  public static final int TOPIC_STREAM_SUBSCRIPTIONS = 5;

  /** Subscriptions of an account that wait to be confirmed. */
  public static final int PENDING_SUBSCRIPTIONS = 5_000;

  /** Subscriptions of a topic that have a filter policy. */
  public static final int TOPIC_FILTER_POLICIES = 200;

  /** Subscriptions of an account that have a filter policy. */
  public static final int ACCOUNT_FILTER_POLICIES = 10_000;

  /** Longest time that a topic archives messages: 365 days. */
  public static final int ARCHIVE_DAYS = 365;

  /** Keys at the top of a filter policy. */
  public static final int FILTER_KEYS = 5;

  /** Combinations of a filter policy: the product over its keys of values times depth. */
  public static final int FILTER_COMBINATIONS = 150;

  /** Bytes of a filter policy. */
  public static final int FILTER_BYTES = 262_144;

  /** Wildcards of one pattern of a filter policy. */
  public static final int FILTER_WILDCARDS = 3;

  /** Points of all wildcard patterns of a filter policy. */
  public static final int FILTER_WILDCARD_POINTS = 100;

  // Promised to ourselves.

  /** Subscriptions of a topic; Amazon has more. */
  public static final int TOPIC_SUBSCRIPTIONS = 10_000;

  /** Subscriptions the catalogue defines, of every state. */
  public static final int SUBSCRIPTIONS = 1_000_000;

  /** Resources of mobile push and text messages that the catalogue defines. */
  public static final int RESOURCES = 1_000_000;

  /** Keys that notifications are or were signed with. */
  public static final int SIGNING_KEYS = 16;

  /** How long a subscription waits to be confirmed or restored: a day longer than its token. */
  public static final long UNCONFIRMED_SUBSCRIPTION_MILLIS = 259_200_000;

  /** Subscriptions of topics deleted a moment ago that a node can tell of, and for how long. */
  public static final int ORPHANED_SUBSCRIPTIONS = 10_000;

  public static final long ORPHANED_SUBSCRIPTION_MILLIS = 60_000;

  /** Subscriptions that one tick forgets. */
  public static final int TICK_SUBSCRIPTIONS = 1_000;

  /** How long a delivery to the world hides its message; a retry or the leader's death ends it. */
  public static final long DELIVERY_VISIBILITY_MILLIS = 120_000;

  /** How long a delivery to the world is kept: 25 days, two more than the longest retries. */
  public static final long DELIVERY_RETENTION_MILLIS = 2_160_000_000L;

  /** Bytes of a request's body: a full batch whose every byte is escaped by the wire protocol. */
  public static final int REQUEST_BYTES = 8 * 1_048_576;

  /** Parameters of an AWS Query request; a full batch has fewer than 500. */
  public static final int REQUEST_PARAMETERS = 4_096;

  /** Tokens of an AWS JSON request; a full batch has fewer than 2,000. */
  public static final int REQUEST_TOKENS = 65_536;

  /** Depth of the structures of a request, known and unknown members alike. */
  public static final int REQUEST_DEPTH = 64;

  /** Commands of one log entry. */
  public static final int ENTRY_COMMANDS = 512;

  /** Bytes of one log entry; Ratis refuses one above its own limit and deposes the leader. */
  public static final int ENTRY_BYTES = 2 * 1_048_576;

  /** Entries of one partition on their way through the log at once; more buys tail latency. */
  public static final int ENTRIES_IN_FLIGHT = 2;

  /** Waiting commands that are worth an entry of their own while another is on its way. */
  public static final int PIPELINED_COMMANDS = 64;

  /** The same for waiting bytes. */
  public static final int PIPELINED_BYTES = 262_144;

  /** Bytes of commands that may wait for a partition's leader before callers are refused. */
  public static final long WAITING_BYTES = 32L * 1_048_576;

  /** Commands that may wait for a partition's leader before callers are refused. */
  public static final int WAITING_COMMANDS = 65_536;

  /** Messages of a queue that may be delayed at once; they are held in memory. */
  public static final int DELAYED_MESSAGES = 1_000_000;

  /** Messages of a FIFO queue; all of them are in the index, eight bytes each. */
  public static final long FIFO_MESSAGES = 20_000_000;

  /** Sends that a FIFO queue remembers; at 56 bytes each. */
  public static final int REMEMBERED_SENDS = 4_000_000;

  /** Sends that are forgotten later than they could be, so that it happens in few steps. */
  public static final long FORGETTING_MILLIS = 5_000;

  /** Receives that a FIFO queue remembers for their retry; beyond, the oldest are forgotten. */
  public static final int RECEIVE_ATTEMPTS = 10_000;

  /** Dead letters that one receive moves away, besides the messages it returns. */
  public static final int DEAD_LETTERS_PER_RECEIVE = 100;

  /** Messages that one step of a move task moves. */
  public static final int MOVES_PER_STEP = 100;

  /** Queues that may have the same dead-letter queue. */
  public static final int DEAD_LETTER_SOURCES = 10_000;

  /** The slice of time in which consumer time is counted; earlier slices count half each. */
  public static final long FAIR_SLICE_MILLIS = 60_000;

  /** Consumer time from which on a group may count as noisy. */
  public static final long FAIR_LEAST_USED_MILLIS = 30_000;

  /** Entries of one outbox; at the limit the source refuses what would add to it. */
  public static final int OUTBOX_ENTRIES = 100_000;

  /** Crossings carried by one call. */
  public static final int CROSSINGS_PER_CALL = 256;

  /** Bytes of crossings carried by one call; a single message may be a little more. */
  public static final int CROSSING_BYTES_PER_CALL = 1_048_576;

  /** Crossings waiting for a destination at which a move task pauses. */
  public static final int MOVE_TASK_BACKLOG = 500;

  /** Names of source queues that the leader of a move task remembers. */
  public static final int MOVE_TASK_NAMES = 1_000;

  /** Receives that one short poll enters into the log when dead letters keep it from messages. */
  public static final int SHORT_POLL_TRIES = 10;

  /** Marks of the sparse map from message number to time; parts that a retention period has. */
  public static final int SENT_TIME_MARKS = 4_096;

  /** Marks from a queue's message to a topic's body; one is kept an eighth of a backlog longer. */
  public static final int HOLDER_MARKS = 16;

  /** How often a partition looks for bodies that nobody needs. */
  public static final long BODIES_CHECK_MILLIS = 10_000;

  /** Topics, and queues with notifications of them, that one such look may visit. */
  public static final int BODIES_CHECK_VISITS = 20_000;

  /** Targets of published messages that wait in one outbox; at the limit publishes are refused. */
  public static final int OUTBOX_TARGETS = 500_000;

  /** Queues the catalogue defines. */
  public static final int QUEUES = 1_000_000;

  /** Polls that may wait at one partition's leader. */
  public static final int PARKED_POLLS = 10_000;

  /** Bytes of newest messages that a partition's leader keeps in memory for quick receives. */
  public static final long RECENT_MESSAGE_BYTES = 8L * 1_048_576;

  /** Newest messages that a partition's leader keeps in memory. */
  public static final int RECENT_MESSAGES = 16_384;

  /** Results of one page of a list. */
  public static final int LIST_RESULTS = 1_000;

  /** Calls to one other node that may be under way at once. */
  public static final int PEER_CALLS = 16_384;

  /** Bytes of one message between nodes; ten received messages may be 10 MiB. */
  public static final int PEER_MESSAGE_BYTES = 16 * 1_048_576;

  /** Bytes of one piece of a checkpoint on its way to another node. */
  public static final int CHECKPOINT_CHUNK_BYTES = 1_048_576;

  /**
   * How long a connection to another node may take to come about. Where a machine is gone nobody
   * refuses; a call that waits for it could meanwhile be with the next leader.
   */
  public static final int PEER_CONNECT_MILLIS = 500;

  /**
   * How much longer a call may wait for a leader that was deposed: on its way may be the answer to
   * what it did before.
   */
  public static final long FORMER_LEADER_MILLIS = 1_000;

  /** How long one call to a partition may take before its outcome counts as unknown. */
  public static final long CALL_MILLIS = 10_000;

  /** How long a request waits for a partition to have a leader: longer than an election takes. */
  public static final long ROUTE_MILLIS = 6_000;

  /** How long one HTTP request may take: the longest poll, an election and a call. */
  public static final long EXCHANGE_MILLIS = 40_000;

  /** Bytes of request bodies that a node holds at once. */
  public static final long REQUEST_BYTES_HELD = 128L * 1_048_576;

  /** Bytes of a request's headers. */
  public static final int HEADER_BYTES = 65_536;

  /** Bytes of a request's first line; presigned requests carry their parameters there. */
  public static final int REQUEST_LINE_BYTES = 65_536;

  /** Connections that may wait to be accepted. */
  public static final int ACCEPT_BACKLOG = 4_096;

  /** Seconds without a byte after which a connection is closed; the longest poll is 20. */
  public static final int IDLE_CONNECTION_SECONDS = 75;

  /** Queues that one tick expires messages of, and deletions that one tick forgets. */
  public static final int TICK_QUEUES = 1_000;

  /** Results of one page of a list of SNS. */
  public static final int SNS_PAGE = 100;

  /** How long the token of a confirmation holds: 2 days. */
  public static final long CONFIRMATION_MILLIS = 172_800_000;

  /** How long a publish may be matched again because its topic changes. */
  public static final long MATCHING_MILLIS = 5_000;

  /** Topics whose subscribers a node holds ready for matching. */
  public static final int MATCHED_TOPICS = 10_000;

  /** Signatures of notifications that a node remembers. */
  public static final int REMEMBERED_SIGNATURES = 10_000;

  /** Bytes of archived messages that one step of a replay reads. */
  public static final long REPLAY_STEP_BYTES = 1_048_576;

  /** Archived messages that one step of a replay reads. */
  public static final int REPLAY_STEP_MESSAGES = 100;

  /** How fast the retention clock may approach the wall clock, in parts of a million. */
  public static final int RETENTION_SLEW_PPM = 500;

  // Ranges of queue attributes, in the units callers use.

  /** Smallest value of MaximumMessageSize. */
  public static final int LEAST_MESSAGE_BYTES = 1_024;

  /** Range of MessageRetentionPeriod. */
  public static final int LEAST_RETENTION_SECONDS = 60;

  public static final int RETENTION_SECONDS = 1_209_600;

  /** Range of KmsDataKeyReusePeriodSeconds. */
  public static final int LEAST_KEY_REUSE_SECONDS = 60;

  public static final int KEY_REUSE_SECONDS = 86_400;

  /** Of a queue's policy; actions are those of one statement. */
  public static final int POLICY_BYTES = 8_192;

  public static final int POLICY_STATEMENTS = 20;
  public static final int POLICY_PRINCIPALS = 50;
  public static final int POLICY_CONDITIONS = 10;
  public static final int STATEMENT_ACTIONS = 7;

  /** Times that an edit of a policy is tried when others edit it too. */
  public static final int POLICY_EDITS = 8;

  /** Bytes of the name of an encryption key. */
  public static final int KEY_NAME_BYTES = 2_048;

  private Limits() {}

  /**
   * Refuses numbers that contradict each other; called at every start.
   *
   * @throws IllegalStateException naming the numbers
   */
  public static void check() {
    LimitRelations.check();
  }
}

package io.tern.client;

/**
 * Every limit of this client; nothing in it is unbounded. Builders refuse what is beyond, the rest
 * of the client names these where it waits, retries or keeps something.
 */
final class ClientLimits {

  // Connections and calls.

  /** Endpoints that a client may be given. */
  static final int ENDPOINTS = 64;

  /** Connections kept, to endpoints and to leaders; the one unused for longest goes first. */
  static final int CHANNELS = 128;

  /** Milliseconds to wait for a connection. */
  static final int CONNECT_MILLIS = 3_000;

  /**
   * Seconds without a byte after which a connection with calls on it is asked for a sign of life.
   */
  static final int KEEP_ALIVE_SECONDS = 20;

  /** Seconds to wait for that sign; then the connection counts as broken. */
  static final int KEEP_ALIVE_ANSWER_SECONDS = 10;

  /** Bytes of one answer: ten messages of 1 MiB with their attributes, and some room. */
  static final int ANSWER_BYTES = 16 * 1024 * 1024;

  /** Milliseconds a unary operation may take with all its retries, when nothing else is said. */
  static final long DEADLINE_MILLIS = 30_000;

  /** Attempts of one unary operation. */
  static final int ATTEMPTS = 8;

  /** Milliseconds before the first retry, at most; they double with each further one. */
  static final long FIRST_DELAY_MILLIS = 50;

  /** Milliseconds between two attempts, at most. */
  static final long DELAY_MILLIS = 2_000;

  /** Milliseconds that a question for a queue's leader may take. */
  static final long LOCATE_MILLIS = 3_000;

  /** Queues whose leaders are remembered. */
  static final int LEADERS = 10_000;

  /** Milliseconds after which a leader is asked for again, although nothing failed. */
  static final long LEADER_MILLIS = 60_000;

  /** Threads that complete futures of callers. */
  static final int CALLBACK_THREADS = 4;

  /** Milliseconds that {@code close} of a client waits for each of its connections. */
  static final long CLOSE_MILLIS = 5_000;

  // Producers.

  /** Messages of one batch; the server takes no more. */
  static final int BATCH_MESSAGES = 1_000;

  /** Bytes of one batch as it travels; the server takes 4 MiB of messages. */
  static final int BATCH_BYTES = 4 * 1024 * 1024;

  /** Messages of one batch when nothing else is said. */
  static final int DEFAULT_BATCH_MESSAGES = 500;

  /** Bytes of one batch when nothing else is said. */
  static final int DEFAULT_BATCH_BYTES = 512 * 1024;

  /** Milliseconds that a message may wait for others of its batch. */
  static final long LINGER_MILLIS = 1_000;

  /** Milliseconds that it waits when nothing else is said. */
  static final long DEFAULT_LINGER_MILLIS = 5;

  /** Batches without an answer. */
  static final int BATCHES_IN_FLIGHT = 64;

  /** Batches without an answer when nothing else is said. */
  static final int DEFAULT_BATCHES_IN_FLIGHT = 8;

  /** Messages that a producer holds. */
  static final int BUFFER_MESSAGES = 1_000_000;

  /** Messages that it holds when nothing else is said. */
  static final int DEFAULT_BUFFER_MESSAGES = 20_000;

  /** Bytes that a producer holds. */
  static final long BUFFER_BYTES = 1024L * 1024 * 1024;

  /** Bytes that it holds when nothing else is said. */
  static final long DEFAULT_BUFFER_BYTES = 32L * 1024 * 1024;

  /**
   * Milliseconds that a message may be tried for. The server forgets a deduplication id five
   * minutes after it first took the message, so the last attempt must arrive well before.
   */
  static final long DELIVERY_MILLIS = 240_000;

  /** Milliseconds that it is tried for when nothing else is said. */
  static final long DEFAULT_DELIVERY_MILLIS = 120_000;

  /**
   * Milliseconds to wait for the answer to a batch; the server itself gives up after six seconds.
   */
  static final long BATCH_ANSWER_MILLIS = 15_000;

  /** Bytes around a message in a batch: its tag and its length. */
  static final int ENTRY_OVERHEAD_BYTES = 6;

  /** Milliseconds after which a producer that has something to send looks at it in any case. */
  static final long LOOK_MILLIS = 500;

  // Consumers.

  /** Messages delivered to one consumer and not settled. */
  static final int PREFETCH = 10_000;

  /** Messages delivered and not settled when nothing else is said. */
  static final int DEFAULT_PREFETCH = 100;

  /** Handlers of one consumer that run at once. */
  static final int CONCURRENCY = 1_000;

  /** Seconds of a visibility timeout, a delay and an extension: 12 hours. */
  static final int VISIBILITY_SECONDS = 43_200;

  /** Seconds of a visibility timeout when nothing else is said. */
  static final int DEFAULT_VISIBILITY_SECONDS = 30;

  /** Seconds for which visibility is extended when nothing else is said: an hour. */
  static final int DEFAULT_EXTEND_SECONDS = 3_600;

  /** Seconds after which a message comes back whose handler failed, when nothing else is said. */
  static final int DEFAULT_REJECT_SECONDS = 5;

  /** Milliseconds that a consumer waits for its handlers when it stops, when nothing is said. */
  static final long STOP_MILLIS = 30_000;

  /** Settlements that travel in one request. */
  static final int SETTLE_MESSAGES = 500;

  /** Requests with settlements that wait for their answer; what comes meanwhile shares the next. */
  static final int SETTLES_IN_FLIGHT = 2;

  /** Names of attributes that a consumer may ask for. */
  static final int ATTRIBUTE_NAMES = 100;

  private ClientLimits() {}

  /**
   * The value, when it is in the range.
   *
   * @throws IllegalArgumentException when it is not
   */
  static long inRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + most + ", and is " + value);
    }
    return value;
  }
}

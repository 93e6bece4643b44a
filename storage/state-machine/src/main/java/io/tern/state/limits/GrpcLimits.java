package io.tern.state.limits;

/** The numbers of the gRPC API and of its streams of messages, beside {@link Limits}. */
public final class GrpcLimits {

  /** Calls of one gRPC connection that may be under way at once, streams among them. */
  public static final int GRPC_CALLS = 20_000;

  /** Bytes that a gRPC connection, and each of its calls, may send before they are read. */
  public static final int GRPC_WINDOW_BYTES = 1_048_576;

  /** How often a gRPC client may ask whether the node is there; more often ends its connection. */
  public static final int GRPC_KEEP_ALIVE_MILLIS = 5_000;

  /** How long a gRPC connection may be silent before the node asks, and wait for the answer. */
  public static final int GRPC_SILENCE_MILLIS = 30_000;

  public static final int GRPC_ANSWER_MILLIS = 10_000;

  /** Characters of an error's text in a gRPC status; clients take 8 KiB of headers. */
  public static final int STATUS_CHARACTERS = 1_024;

  /** Messages of one batch of a producer's stream. */
  public static final int PRODUCE_MESSAGES = 1_000;

  /** Bytes of messages of one such batch. */
  public static final int PRODUCE_BATCH_BYTES = 4 * 1_048_576;

  /** Batches of one producer's stream that are under way at once. */
  public static final int PRODUCE_BATCHES = 64;

  /** Bytes of batches under way at which no further one is read from the stream. */
  public static final int PRODUCE_BYTES = 8 * 1_048_576;

  /** Messages that a consumer's stream may have credit for, and that it may have unsettled. */
  public static final int CONSUME_CREDIT = 10_000;

  /** Receives of one consumer's stream that are under way at once while there are messages. */
  public static final int CONSUME_RECEIVES = 8;

  /** Bytes that one of them is to bring at most, by the size of the messages before. */
  public static final int CONSUME_RECEIVE_BYTES = 1_048_576;

  /** Bytes of deliveries in one answer, unless one is larger; gRPC's clients take 4 MiB. */
  public static final int CONSUME_RESPONSE_BYTES = 1_048_576;

  /** Longest pause after which a consumer's stream tries a partition without a leader again. */
  public static final long CONSUME_PAUSE_MILLIS = 2_000;

  /** How often a settlement of a stream is sent while its leader is lost; the last after 6 s. */
  public static final int SETTLE_TRIES = 6;

  private GrpcLimits() {}
}

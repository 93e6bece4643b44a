package io.tern.command.values;

/**
 * Every limit of the command; those of the cluster are its own. All packages of the command use it.
 */
public final class CommandLimits {
  /** Messages of one request, as in the API. */
  public static final int BATCH_MESSAGES = 10;

  /** Bytes of bodies in one request; the cluster takes no more in one batch. */
  public static final int BATCH_BYTES = 1_000_000;

  /** Bytes of one body; the cluster takes no more. */
  public static final int BODY_BYTES = 1_048_576;

  /** Bytes of one answer: ten of the largest messages and room for their attributes. */
  public static final int ANSWER_BYTES = 16 * 1_048_576;

  /** Messages that one call of the command sends as copies, or receives. */
  public static final int MESSAGES = 1_000_000;

  /** Queues, topics or subscriptions that a list shows when nothing else is asked for. */
  public static final int LISTED_BY_DEFAULT = 1_000;

  /** Queues, topics or subscriptions that a list can show. */
  public static final int LISTED = 100_000;

  /** Names on one page of a list, as in the API. */
  public static final int PAGE = 1_000;

  /** Requests on their way at the same time, where one command needs many. */
  public static final int REQUESTS_IN_FLIGHT = 32;

  /** How long a node may take to accept a connection. */
  public static final int CONNECT_SECONDS = 5;

  /** The longest wait of one receive, as in the API. */
  public static final int POLL_SECONDS = 20;

  /** Between two questions about a running move task. */
  public static final int PROGRESS_MILLIS = 500;

  /** Bytes of a configuration file to import. */
  public static final int IMPORT_BYTES = 4 * 1_048_576;

  /** Endpoints that one command tries. */
  public static final int ENDPOINTS = 64;

  private CommandLimits() {}
}

package io.tern.state.limits;

/**
 * The numbers of deliveries to the world outside: how much a node does at once, remembers and lets
 * wait. The part of {@link Limits} that only delivery needs.
 */
public final class DeliveryLimits {

  /** Longest wait for an endpoint: the whole exchange. */
  public static final long EGRESS_MILLIS = 15_000;

  /** Requests to endpoints that may be under way at a node, those waiting included. */
  public static final int EGRESS_EXCHANGES = 1_024;

  /** Connections of a node to one host. */
  public static final int EGRESS_CONNECTIONS_PER_HOST = 16;

  /** Requests that may wait for a connection to one host. */
  public static final int EGRESS_WAITING_PER_HOST = 128;

  /** Open connections beyond which a node keeps none for later. */
  public static final int EGRESS_IDLE_CONNECTIONS = 256;

  /** Addresses of one name that are tried, one after the other. */
  public static final int EGRESS_ADDRESSES = 3;

  /** Bytes of an endpoint's answer that are read. */
  public static final int EGRESS_ANSWER_BYTES = 4_096;

  /** Deliveries to the world that a node may have under way; mails and streams count apart. */
  public static final int DELIVERIES_UNDER_WAY = 512;

  /** Deliveries of one subscription that may be under way, once its endpoint has kept up. */
  public static final int DELIVERIES_PER_SUBSCRIPTION = 16;

  /** Steps of deliveries that may wait for the pool at a node: one of each subscription at most. */
  public static final int DELIVERY_STEPS = 1_000_000;

  /** Mails that a node may have under way. */
  public static final int MAILS_UNDER_WAY = 16;

  /** Records of delivery streams that a node may have under way. */
  public static final int STREAM_RECORDS_UNDER_WAY = 16_384;

  /** Questions to owners of endpoints that a node may have under way. */
  public static final int CONFIRMATIONS_UNDER_WAY = 1_000;

  /** Questions that the owner of one mail address may be sent at once. */
  public static final int QUESTIONS_AT_ONCE = 10;

  /** After those at once, a mail address is sent one question in that time. */
  public static final long QUESTION_INTERVAL_MILLIS = 10_000;

  /** The same of a web endpoint, which may be that of many topics. */
  public static final int WEB_QUESTIONS_AT_ONCE = 100;

  public static final long WEB_QUESTION_INTERVAL_MILLIS = 1_000;

  /** Longest that a question is put off for that; beyond, it is dropped. */
  public static final long QUESTION_WAIT_MILLIS = 300_000;

  /** Endpoints whose newest questions a node remembers. */
  public static final int QUESTIONED_ENDPOINTS = 10_000;

  /** Deliveries of one subscription that may wait; beyond, the oldest are given up. */
  public static final long DELIVERIES_WAITING = 1_000_000;

  /** Undelivered messages of one subscription whose age a node knows. */
  public static final int AGED_DELIVERIES = 64;

  /** Subscriptions whose deliveries have figures of their own at a node. */
  public static final int METERED_SUBSCRIPTIONS = 1_000;

  /** Mails that may wait for a connection to the mail server. */
  public static final int MAILS_WAITING = 256;

  /** Records of one batch to a delivery stream. */
  public static final int STREAM_BATCH_RECORDS = 1_000;

  /** Bytes of records that wait at a node for their batch or are on their way. */
  public static final long STREAM_BYTES_HELD = 64L * 1_048_576;

  private DeliveryLimits() {}
}

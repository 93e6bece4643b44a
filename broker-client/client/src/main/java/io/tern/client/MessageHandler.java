package io.tern.client;

/** What is done with each message of a consumer; see {@link Consumer#handle}. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Handles one message. A normal return acknowledges it; an exception rejects it, and it is
   * delivered again after the consumer's delay.
   */
  void handle(ReceivedMessage message) throws Exception;
}

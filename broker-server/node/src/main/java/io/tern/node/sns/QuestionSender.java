package io.tern.node.sns;

import io.tern.topics.envelope.Confirmation;
import io.tern.topics.policy.Protocol;

/** Sends a question to the owner of an endpoint, in the background; delivery implements it. */
@FunctionalInterface
public interface QuestionSender {
  /** Sends it, and tries again for a while. */
  void send(Protocol protocol, String endpoint, Confirmation question);
}

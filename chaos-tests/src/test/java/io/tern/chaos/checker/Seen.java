package io.tern.chaos.checker;

import io.tern.chaos.history.Call.Receive;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.Operation;

/**
 * One delivery with the receive that brought it.
 *
 * @param place in the receive's answer
 */
record Seen(Operation operation, Delivery delivery, int place) {
  String queue() {
    return operation.call().target();
  }

  String id() {
    return delivery.messageId();
  }

  int count() {
    return delivery.receiveCount();
  }

  long invoked() {
    return operation.invokedNanos();
  }

  long ended() {
    return operation.endedNanos();
  }

  long visibilityNanos() {
    return operation.call() instanceof Receive receive
        ? receive.visibilitySeconds() * Times.SECOND
        : 0;
  }

  @Override
  public String toString() {
    return "receive "
        + count()
        + " of "
        + id()
        + " from "
        + queue()
        + " by operation "
        + operation.id();
  }
}

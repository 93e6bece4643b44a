package io.tern.node.edge;

import io.tern.state.limits.Limits;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of request bodies that the node holds at once, over all connections of both APIs. */
public final class BodyBudget {
  private final AtomicLong held = new AtomicLong();

  /** False when there is no room; then nothing was taken. */
  public boolean take(int bytes) {
    if (held.addAndGet(bytes) > Limits.REQUEST_BYTES_HELD) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Makes room again for what was taken. */
  public void give(int bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held at the moment. */
  public long held() {
    return held.get();
  }
}

package io.tern.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * How a producer or a consumer comes to its next stream: one search at a time, and a pause after
 * each failure that grows until something works. Under the lock of its owner.
 */
final class LeaderSearch {
  private final Connections connections;
  private final Guard guard;
  private final String queueUrl;
  private boolean searching;
  private int failures;
  private long notBeforeMillis;

  LeaderSearch(Connections connections, Guard guard, String queueUrl) {
    this.connections = connections;
    this.guard = guard;
    this.queueUrl = queueUrl;
  }

  boolean isSearching() {
    return searching;
  }

  /** When something may be tried next; in the past when nothing failed. */
  long notBeforeMillis() {
    return notBeforeMillis;
  }

  boolean isPaused(long nowMillis) {
    return nowMillis < notBeforeMillis;
  }

  /** An attempt failed: a pause, longer than the one before. */
  void failed() {
    failures++;
    notBeforeMillis =
        Ticker.millis() + RetryPolicy.STANDARD.delayMillis(failures, Chance.fraction());
  }

  void worked() {
    failures = 0;
    notBeforeMillis = 0;
  }

  /** The stream to this address is over: who leads is asked again. */
  void streamEnded(String address, boolean broken) {
    connections.leaders().forget(queueUrl, address);
    if (broken) {
      connections.channels().failed(address);
    }
  }

  /** Looks for the leader and calls one of the two under the lock. */
  void find(Consumer<String> found, Consumer<TernClientException> failed) {
    searching = true;
    CompletableFuture<String> search;
    try {
      search = connections.leaders().find(queueUrl);
    } catch (TernClientException clientClosed) {
      search = CompletableFuture.failedFuture(clientClosed);
    }
    CompletableFuture<?> unused =
        search.whenComplete((address, error) ->
            guard.run(() -> {
              searching = false;
              if (error == null) {
                found.accept(address);
              } else {
                failed.accept(TernClientException.of(error));
              }
            }));
  }
}

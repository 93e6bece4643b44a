package io.tern.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * How a producer or a consumer comes to its next stream: one search at a time, and a pause after
 * each failure that grows until something works. Now and then it looks whether the leader is still
 * where the stream goes. Under the lock of its owner.
 */
final class LeaderSearch {
  private final Connections connections;
  private final Guard guard;
  private final String queueUrl;
  private boolean searching;
  private int failures;
  private long notBeforeMillis;
  private long lookAtMillis = Long.MAX_VALUE;
  private boolean hasWorked;

  /** A leader's address that no stream ever worked at; empty when there is none. */
  private String unreachable = "";

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
    hasWorked = true;
    failures = 0;
    notBeforeMillis = 0;
  }

  /** The stream to this address is over: who leads is asked again. */
  void streamEnded(String address, boolean broken) {
    if (broken && !hasWorked) {
      unreachable = address;
    }
    lookAtMillis = Long.MAX_VALUE;
    connections.leaders().forget(queueUrl, address);
    if (broken) {
      connections.channels().failed(address);
    }
  }

  /** A stream was opened, which may work or not. */
  void streamOpened() {
    hasWorked = false;
    lookAtMillis = Ticker.millis() + ClientLimits.LEADER_MILLIS;
  }

  /** When to look after the leader next; {@code Long.MAX_VALUE} without a stream. */
  long lookAtMillis() {
    return lookAtMillis;
  }

  /** Looks whether another node leads than the stream goes to, and then calls this. */
  void look(long nowMillis, String address, Runnable moved) {
    if (nowMillis < lookAtMillis) {
      return;
    }
    lookAtMillis = nowMillis + ClientLimits.LEADER_MILLIS;
    CompletableFuture<?> unused =
        located()
            .whenComplete((place, error) ->
                guard.run(() -> {
                  Optional<String> leader = connections.leaders().known(queueUrl);
                  boolean elsewhere =
                      leader.isPresent()
                          && !leader.get().equals(address)
                          && !leader.get().equals(unreachable);
                  if (error == null && elsewhere) {
                    moved.run();
                  }
                }));
  }

  /** Looks for the leader and calls one of the two under the lock. */
  void find(Consumer<String> found, Consumer<TernClientException> failed) {
    searching = true;
    // A leader's address may be out of our reach, and every node serves every queue.
    CompletableFuture<String> search =
        failures % 2 == 1 || failures == 0
            ? located()
            : CompletableFuture.completedFuture(connections.channels().endpoint());
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

  private CompletableFuture<String> located() {
    try {
      return connections.leaders().find(queueUrl);
    } catch (TernClientException clientClosed) {
      return CompletableFuture.failedFuture(clientClosed);
    }
  }
}

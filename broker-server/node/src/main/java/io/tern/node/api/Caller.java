package io.tern.node.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what of the request's surroundings the operations need.
 *
 * @param senderId what receivers see as the message's sender
 * @param baseUrl the start of queue URLs as this caller can reach them
 * @param traceHeader the request's X-Amzn-Trace-Id
 * @param region the one the request was signed for, else the configured one; topics live in it
 * @param signed whether the request came with credentials
 * @param userAgentAcceptsHtml whether a browser asks: somebody has clicked on a link
 * @param home where everything after an asynchronous step runs; never the apply thread
 * @param gone completed when the caller's connection ends before the answer
 */
public record Caller(
    String senderId,
    String baseUrl,
    @Nullable String traceHeader,
    String region,
    boolean signed,
    boolean userAgentAcceptsHtml,
    Executor home,
    CompletableFuture<Void> gone) {

  /** The same result or failure, continued on the caller's own executor. */
  public <T> CompletableFuture<T> bringHome(CompletableFuture<T> far) {
    // What only applies to a value would let failures through on the thread that had them.
    return far.isDone() ? far : far.whenCompleteAsync((value, failure) -> {}, home);
  }
}

package io.tern.node.edge;

import com.google.protobuf.Message;
import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.api.Failures;
import io.tern.node.config.WallClock;
import io.tern.node.metrics.RequestMetrics;
import io.tern.protocols.Decoded;
import io.tern.protocols.TernException;
import io.tern.protocols.WireCodec;
import io.tern.protocols.WireProtocol;
import io.tern.protocols.WireRequest;
import io.tern.protocols.WireResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from bytes to bytes: decode, authenticate, run the operation, render. Whatever goes
 * wrong is answered in the protocol of the request. Runs on the event loop and never blocks.
 */
final class RequestHandler {
  private final WireCodec codec;
  private final ApiTable operations;
  private final Authenticator authenticator;
  private final RequestMetrics metrics;
  private final WallClock clock;

  RequestHandler(
      WireCodec codec,
      ApiTable operations,
      Authenticator authenticator,
      RequestMetrics metrics,
      WallClock clock) {
    this.codec = codec;
    this.operations = operations;
    this.authenticator = authenticator;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Handles the request; the answer is given on the home executor. */
  void handle(
      WireRequest request,
      String remoteAddress,
      String baseUrl,
      Executor home,
      CompletableFuture<Void> gone,
      Consumer<WireResponse> answer) {
    long started = clock.monotonicNanos();
    String requestId = requestId();
    Decoded decoded;
    try {
      decoded = codec.decode(request);
    } catch (TernException mistake) {
      metrics.done("unknown", mistake.code(), clock.monotonicNanos() - started);
      answer.accept(renderError(request, mistake, requestId));
      return;
    } catch (RuntimeException fault) {
      answer.accept(renderError(request, Failures.told(fault), requestId));
      return;
    }
    Caller caller = caller(request, remoteAddress, baseUrl, home, gone);
    LinkPage page = page(request, decoded, caller);
    if (page != null && !request.method().equals("POST")) {
      metrics.done("page", null, clock.monotonicNanos() - started);
      answer.accept(page.question());
      return;
    }
    var _ =
        run(decoded, caller)
            .whenComplete((message, failure) -> {
              TernException error = failure == null ? null : Failures.told(failure);
              metrics.done(
                  decoded.operation().name(),
                  error == null ? null : error.code(),
                  clock.monotonicNanos() - started);
              answer.accept(
                  error == null
                      ? answered(decoded, page, message, requestId)
                      : refused(decoded, page, error, requestId));
            });
  }

  private WireResponse answered(
      Decoded decoded, @Nullable LinkPage page, Message message, String requestId) {
    return page == null ? codec.render(decoded, message, requestId) : page.done(message);
  }

  private WireResponse refused(
      Decoded decoded, @Nullable LinkPage page, TernException error, String requestId) {
    return page == null
        ? codec.renderError(decoded.protocol(), error, requestId)
        : page.failed(error);
  }

  private Caller caller(
      WireRequest request,
      String remoteAddress,
      String baseUrl,
      Executor home,
      CompletableFuture<Void> gone) {
    String trace = request.header("x-amzn-trace-id");
    Authenticator.Identity identity = authenticator.identify(request, remoteAddress);
    return new Caller(
        identity.senderId(),
        baseUrl,
        trace.isEmpty() ? null : trace,
        identity.region(),
        identity.signed(),
        isBrowser(request),
        home,
        gone);
  }

  /**
   * What a person is shown instead of an answer for programs; null for programs. Whoever asks for
   * the head of a page wants to see whether it is there, and nothing to happen.
   */
  private static @Nullable LinkPage page(WireRequest request, Decoded decoded, Caller caller) {
    boolean isLooking = caller.userAgentAcceptsHtml() || request.method().equals("HEAD");
    return isLooking && !caller.signed() ? LinkPage.of(decoded.request()).orElse(null) : null;
  }

  /** The JDK's oldest client claims to like HTML best, and confirms many a subscription. */
  private static boolean isBrowser(WireRequest request) {
    String accept = request.header("accept");
    return accept.contains("text/html") && !accept.contains("image/gif, image/jpeg");
  }

  /** The answer to a request that the server cannot read, or has no room for. */
  WireResponse renderError(WireRequest request, TernException error, String requestId) {
    WireProtocol protocol = codec.protocolOf(request);
    return codec.renderError(protocol, error, requestId);
  }

  private CompletableFuture<? extends Message> run(Decoded decoded, Caller caller) {
    try {
      return operations.handle(decoded.operation(), caller, decoded.request());
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  /** A fresh id for one request; unique, not unguessable. */
  static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}

package io.tern.node.edge;

import io.tern.protocols.TernException;
import io.tern.protocols.WireRequest;
import io.tern.protocols.WireResponse;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One request and its answer on one event loop, with the limits on body and time. */
final class AwsExchange {
  private static final byte[] NO_BODY = {};

  private final HttpServerRequest request;
  private final RequestHandler handler;
  private final BodyBudget budget;
  private final Executor home;
  private final String fixedBaseUrl;
  private final Runnable ended;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private byte[] body = NO_BODY;
  private int bodyBytes;
  private int heldBytes;
  private boolean running;
  private boolean answered;

  AwsExchange(
      HttpServerRequest request,
      RequestHandler handler,
      BodyBudget budget,
      Executor home,
      String fixedBaseUrl,
      Runnable ended) {
    this.request = request;
    this.handler = handler;
    this.budget = budget;
    this.home = home;
    this.fixedBaseUrl = fixedBaseUrl;
    this.ended = ended;
  }

  void begin() {
    request.exceptionHandler(lost -> disconnect());
    request.response().exceptionHandler(lost -> disconnect());
    request.response().closeHandler(closed -> disconnect());
    String length = request.getHeader("content-length");
    if (length != null && tooLong(length)) {
      refuse(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    request.handler(this::append);
    request.endHandler(end -> run());
  }

  /** The time for the body, or for the answer, is over. */
  void overdue() {
    if (!answered) {
      if (running) {
        gone.complete(null);
        refuse(ErrorCode.SERVICE_UNAVAILABLE);
      } else {
        var _ = request.connection().close();
      }
    }
  }

  private static boolean tooLong(String contentLength) {
    try {
      return Long.parseLong(contentLength) > Limits.REQUEST_BYTES;
    } catch (NumberFormatException malformed) {
      return true;
    }
  }

  private void append(Buffer chunk) {
    if (answered) {
      return;
    }
    int length = chunk.length();
    if (bodyBytes + length > Limits.REQUEST_BYTES) {
      refuse(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    if (!budget.take(length)) {
      refuse(ErrorCode.SERVICE_UNAVAILABLE);
      return;
    }
    heldBytes += length;
    if (bodyBytes == 0) {
      body = chunk.getBytes();
    } else {
      byte[] longer = bodyBytes + length > body.length ? grown(bodyBytes + length) : body;
      chunk.getBytes(longer, bodyBytes);
      body = longer;
    }
    bodyBytes += length;
  }

  private byte[] grown(int needed) {
    byte[] longer = new byte[Math.max(needed, Math.min(2 * body.length, Limits.REQUEST_BYTES))];
    System.arraycopy(body, 0, longer, 0, bodyBytes);
    return longer;
  }

  private void run() {
    if (answered) {
      return;
    }
    running = true;
    handler.handle(wireRequest(), remoteAddress(), baseUrl(), home, gone, this::answer);
  }

  private WireRequest wireRequest() {
    byte[] exact = body.length == bodyBytes ? body : Arrays.copyOf(body, bodyBytes);
    String uri = request.uri();
    int question = uri.indexOf('?');
    return new WireRequest(
        request.method().name(),
        question < 0 ? uri : uri.substring(0, question),
        question < 0 ? "" : uri.substring(question + 1),
        request::getHeader,
        exact);
  }

  private String remoteAddress() {
    SocketAddress remote = request.remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    return host == null ? "unknown" : host;
  }

  private String baseUrl() {
    if (!fixedBaseUrl.isEmpty()) {
      return fixedBaseUrl;
    }
    String host = request.getHeader("host");
    if (host == null && request.authority() != null) {
      host = request.authority().toString();
    }
    return request.scheme() + "://" + (host == null ? "localhost" : host);
  }

  /** An answer before the request was read: the rest of the body is not waited for. */
  private void refuse(ErrorCode code) {
    request.response().putHeader("connection", "close");
    answer(handler.renderError(wireRequest(), new TernException(code), RequestHandler.requestId()));
  }

  private void answer(WireResponse wire) {
    if (answered) {
      return;
    }
    release();
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(wire.status());
    if (!wire.contentType().isEmpty()) {
      response.putHeader("Content-Type", wire.contentType());
    }
    for (WireResponse.Header header : wire.headers()) {
      response.putHeader(header.name(), header.value());
    }
    var _ = response.end(Buffer.buffer(wire.body()));
  }

  private void disconnect() {
    if (!answered) {
      release();
      gone.complete(null);
    }
  }

  private void release() {
    answered = true;
    budget.give(heldBytes);
    heldBytes = 0;
    body = NO_BODY;
    bodyBytes = 0;
    ended.run();
  }
}

package io.tern.node.delivery;

import io.tern.node.delivery.WebExchange.Answer;
import io.tern.node.delivery.WebExchange.Answered;
import io.tern.node.delivery.WebExchange.Unanswered;
import io.tern.state.Bytes;
import io.tern.state.limits.DeliveryLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of {@link Egress} from the open connection to the answer. The status decides; a
 * body that is long or slow is cut off with its connection, for the receiver has said its word.
 */
final class RunningExchange {
  private final Bytes body;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final Buffer read = Buffer.buffer();
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;

  RunningExchange(Bytes body) {
    this.body = body;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  void end(Answer how) {
    answer.complete(how);
  }

  /** There is a connection. Called on its event loop. */
  void send(HttpClientRequest opened) {
    synchronized (this) {
      request = opened;
    }
    if (answer.isDone()) {
      drop();
      return;
    }
    var _ =
        opened
            .send(Buffer.buffer(body.array()))
            .onComplete(answered -> {
              if (answered.succeeded()) {
                read(answered.result());
              } else {
                end(new Unanswered("no answer: " + Egress.reason(answered.cause())));
                drop();
              }
            });
  }

  /** Time is up. */
  void overdue(long limitMillis) {
    HttpClientResponse begun = response();
    end(
        begun == null
            ? new Unanswered("no answer within " + limitMillis + " ms")
            : answered(begun));
    drop();
  }

  private void read(HttpClientResponse begun) {
    synchronized (this) {
      response = begun;
    }
    begun
        .handler(piece -> {
          if (!append(piece)) {
            end(answered(begun));
            drop();
          }
        })
        .exceptionHandler(_ -> end(answered(begun)))
        .endHandler(_ -> end(answered(begun)));
  }

  /** False when it is more than anybody wants to know. */
  private synchronized boolean append(Buffer piece) {
    int room = DeliveryLimits.EGRESS_ANSWER_BYTES - read.length();
    read.appendBuffer(piece, 0, Math.min(room, piece.length()));
    return piece.length() <= room;
  }

  private synchronized @Nullable HttpClientResponse response() {
    return response;
  }

  private synchronized Answered answered(HttpClientResponse begun) {
    String id = begun.getHeader("x-amzn-RequestId");
    return new Answered(
        begun.statusCode(),
        read.toString(StandardCharsets.UTF_8),
        id == null ? "" : id,
        begun.headers().getAll("WWW-Authenticate"));
  }

  /** Closes the connection: what is under way on it is of no use any more. */
  private void drop() {
    HttpClientRequest opened;
    synchronized (this) {
      opened = request;
    }
    if (opened != null) {
      var _ = opened.connection().close();
    }
  }
}

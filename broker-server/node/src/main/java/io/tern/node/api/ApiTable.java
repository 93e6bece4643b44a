package io.tern.node.api;

import com.google.protobuf.Message;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Which method answers which operation. Operations without one are refused as unsupported. */
public final class ApiTable {

  /** Answers one operation. */
  @FunctionalInterface
  public interface Handler<Q extends Message, A extends Message> {
    CompletableFuture<? extends A> handle(Caller caller, Q request);
  }

  private record Row<Q extends Message>(Class<Q> request, Handler<Q, ?> handler) {
    CompletableFuture<? extends Message> handle(Caller caller, Message message) {
      return handler.handle(caller, request.cast(message));
    }
  }

  private final Map<String, Row<?>> rows = new TreeMap<>();

  <Q extends Message> void add(String operation, Class<Q> request, Handler<Q, ?> handler) {
    rows.put(operation, new Row<>(request, handler));
  }

  /** The names of the operations that have a handler. */
  Set<String> operations() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /** Runs the operation; errors a caller can cause fail the future with TernException. */
  public CompletableFuture<? extends Message> handle(
      String operation, Caller caller, Message request) {
    Row<?> row = rows.get(operation);
    if (row == null) {
      return CompletableFuture.failedFuture(
          new TernException(
              ErrorCode.UNSUPPORTED_OPERATION,
              "The operation " + operation + " is not supported yet."));
    }
    try {
      return row.handle(caller, request);
    } catch (TernException mistake) {
      return CompletableFuture.failedFuture(mistake);
    }
  }
}

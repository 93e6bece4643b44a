package io.tern.node.api;

import com.google.protobuf.Message;
import io.tern.protocols.Operation;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Which method answers which operation; filled service by service, then read by the edge.
 * Operations without a method are refused as unsupported.
 */
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

  private final String service;
  private final Map<String, Row<?>> rows = new TreeMap<>();

  /**
   * A table without handlers.
   *
   * @param service whose operations are added: a name of {@link io.tern.protocols.OperationTable}
   */
  public ApiTable(String service) {
    this.service = service;
  }

  /** Adds the handler of an operation of the table's service. */
  public <Q extends Message> void add(String operation, Class<Q> request, Handler<Q, ?> handler) {
    rows.put(Operation.key(service, operation), new Row<>(request, handler));
  }

  /** Takes the handlers of another service in as well. */
  public ApiTable and(ApiTable other) {
    rows.putAll(other.rows);
    return this;
  }

  /** The keys of the operations that have a handler. */
  public Set<String> operations() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /** Runs the operation; errors a caller can cause fail the future with TernException. */
  public CompletableFuture<? extends Message> handle(
      Operation operation, Caller caller, Message request) {
    Row<?> row = rows.get(operation.key());
    if (row == null) {
      return CompletableFuture.failedFuture(
          new TernException(
              ErrorCode.UNSUPPORTED_OPERATION,
              "The operation " + operation.name() + " is not supported yet."));
    }
    try {
      return row.handle(caller, request);
    } catch (TernException mistake) {
      return CompletableFuture.failedFuture(mistake);
    }
  }
}

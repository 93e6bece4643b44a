package io.tern.command.rpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Exit;
import io.tern.command.output.Printable;
import java.util.Optional;

/** Turns what gRPC reports into one line and an exit code. For {@link ClientOptions} and names. */
public final class Failures {
  private static final Metadata.Key<String> CODE =
      Metadata.Key.of("tern-error-code", Metadata.ASCII_STRING_MARSHALLER);

  private Failures() {}

  /** The AWS error code; empty when no node has decided anything. */
  public static Optional<String> code(StatusRuntimeException refusal) {
    Metadata trailers = refusal.getTrailers();
    return trailers == null ? Optional.empty() : Optional.ofNullable(trailers.get(CODE));
  }

  /** Whether the queue, topic or subscription is not there. */
  public static boolean isMissing(StatusRuntimeException refusal) {
    return refusal.getStatus().getCode() == Status.Code.NOT_FOUND
        || code(refusal)
            .filter(code ->
                code.endsWith("NonExistentQueue")
                    || code.endsWith("QueueDoesNotExist")
                    || code.equals("NotFound")
                    || code.equals("NotFoundException"))
            .isPresent();
  }

  static CommandFailure of(StatusRuntimeException refusal) {
    String said =
        Printable.cell(Optional.ofNullable(refusal.getStatus().getDescription()).orElse(""));
    Optional<String> code = code(refusal);
    if (code.isPresent()) {
      String message = said.isEmpty() ? code.get() : said + " (" + code.get() + ")";
      return new CommandFailure(Exit.FAILED, message, refusal);
    }
    return switch (refusal.getStatus().getCode()) {
      case UNAVAILABLE, CANCELLED ->
          new CommandFailure(
              Exit.UNREACHABLE, "the connection to the node broke: " + said, refusal);
      case DEADLINE_EXCEEDED ->
          new CommandFailure(
              Exit.UNREACHABLE, "the node gave no answer in time; see --timeout", refusal);
      case UNIMPLEMENTED ->
          new CommandFailure(Exit.FAILED, "the node does not know this operation", refusal);
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          new CommandFailure(
              Exit.FAILED,
              said.isEmpty() ? "the node failed: " + refusal.getStatus().getCode() : said,
              refusal);
    };
  }
}

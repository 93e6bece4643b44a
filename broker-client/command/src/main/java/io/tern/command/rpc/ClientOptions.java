package io.tern.command.rpc;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.OutputFormat;
import io.tern.command.values.CommandLimits;
import io.tern.command.values.Seconds;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/** The options of every command that asks a cluster, and the way it does so. */
public final class ClientOptions {
  @CommandLine.Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = "${env:TERN_ENDPOINT:-127.0.0.1:9328}",
      converter = Endpoint.Converter.class,
      order = 100,
      description =
          "gRPC address of a node; several may be given, the first that can be reached is asked."
              + " Without it the environment's TERN_ENDPOINT, or 127.0.0.1:9328.")
  private List<Endpoint> endpoints = List.of();

  @CommandLine.Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "table",
      order = 101,
      description = "table for people, json for scripts: one document (default: table).")
  private OutputFormat output = OutputFormat.TABLE;

  @CommandLine.Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Seconds.Converter.class,
      order = 102,
      description = "How long each request may take (default: 30s).")
  private Seconds timeout = new Seconds(30);

  public OutputFormat output() {
    return output;
  }

  /** Asks, prints the answer and returns the exit code. */
  public int ask(Console console, Question question) throws IOException {
    return run(session -> {
      question.ask(session).print(output, console.out());
      return 0;
    });
  }

  /** Like {@link #ask}, for commands that print by themselves. */
  public int run(Conversation conversation) throws IOException {
    if (endpoints.isEmpty() || endpoints.size() > CommandLimits.ENDPOINTS) {
      throw CommandFailure.usage(
          "give 1 to " + CommandLimits.ENDPOINTS + " endpoints, not " + endpoints.size());
    }
    try (Session session = Session.open(endpoints, timeout.count())) {
      return conversation.hold(session);
    } catch (StatusRuntimeException refusal) {
      throw Failures.of(refusal);
    }
  }

  /** What a command does with a session; returns the exit code. */
  @FunctionalInterface
  public interface Conversation {
    int hold(Session session) throws IOException;
  }
}

package io.tern.node;

import io.tern.command.output.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs each kind of client command once, in one process, against a node: what the JVM has loaded at
 * the end becomes the class archive of {@code tern}. Run by deploy/local/class-cache.sh.
 */
public final class CommandTraining {
  private static final String QUEUE = "tern-training";

  private CommandTraining() {}

  /** Takes the endpoint of the node; ends with the first exit code that is not 0. */
  public static void main(String[] arguments) {
    PrintWriter nobody =
        new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(nobody, nobody, new FileInputStream(FileDescriptor.in), () -> false);
    for (List<String> line : lines(arguments[0])) {
      int exit = Main.commands(console).execute(line.toArray(String[]::new));
      if (exit != 0) {
        System.exit(exit);
      }
    }
  }

  private static List<List<String>> lines(String node) {
    return List.of(
        List.of("--help"),
        List.of("queue", "create", QUEUE, "--delay", "0s", "--endpoint", node),
        List.of("queue", "send", QUEUE, "a body", "--attribute", "a=b", "--endpoint", node),
        List.of("queue", "list", "--endpoint", node),
        List.of("queue", "describe", QUEUE, "--endpoint", node, "--output", "json"),
        List.of("queue", "receive", QUEUE, "--delete", "--endpoint", node),
        List.of("topic", "create", QUEUE, "--endpoint", node),
        List.of("subscription", "create", QUEUE, "--queue", QUEUE, "--endpoint", node),
        List.of("subscription", "list", "--endpoint", node),
        List.of("topic", "list", "--endpoint", node),
        List.of("topic", "publish", QUEUE, "a body", "--endpoint", node),
        List.of("topic", "delete", QUEUE, "--endpoint", node),
        List.of("queue", "delete", QUEUE, "--endpoint", node),
        List.of("cluster", "status", "--endpoint", node));
  }
}

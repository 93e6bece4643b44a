package io.tern.chaos.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A history as JSON lines, one fact or operation each, so that a failed run can be judged again.
 * Runs write it when they end badly.
 */
public final class HistoryFile {
  /** Longer than any body that a workload sends. */
  private static final int MAX_TEXT = 8 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build();

  private HistoryFile() {}

  public static void write(Path file, History history) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file);
        JsonGenerator json = FACTORY.createGenerator(writer)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      for (QueueFact queue : history.queues()) {
        FactLines.write(json, queue);
      }
      for (SubscriptionFact subscription : history.subscriptions()) {
        FactLines.write(json, subscription);
      }
      for (FaultEvent fault : history.faults()) {
        FactLines.write(json, fault);
      }
      for (Operation operation : history.operations()) {
        OperationLines.write(json, operation);
      }
    }
  }

  /**
   * @throws IOException also when a line is not one of ours
   */
  public static History read(Path file) throws IOException {
    List<Operation> operations = new ArrayList<>();
    List<QueueFact> queues = new ArrayList<>();
    List<SubscriptionFact> subscriptions = new ArrayList<>();
    List<FaultEvent> faults = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file);
        JsonParser json = FACTORY.createParser(reader)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        JsonFields line = JsonFields.read(json);
        switch (line.text("line")) {
          case "queue" -> queues.add(FactLines.queue(line));
          case "subscription" -> subscriptions.add(FactLines.subscription(line));
          case "fault" -> faults.add(FactLines.fault(line));
          case "operation" -> operations.add(OperationLines.operation(line));
          default -> throw new IOException("not a line of a history: " + line.text("line"));
        }
      }
    }
    return new History(operations, queues, subscriptions, faults);
  }
}

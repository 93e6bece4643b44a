package io.tern.chaos.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a node says of its replicas, the page {@code /replicas}. For leaders and hashes. */
public final class Replicas {
  private static final JsonFactory JSON = new JsonFactory();

  /** One replica: its partition, whether it leads, and what it has applied. */
  public record Status(int partition, boolean leads, long term, long appliedIndex, String hash) {}

  private Replicas() {}

  /** How many partitions a node leads; 0 when it does not answer. */
  static int led(ContainerNode node) {
    try {
      return (int) of(node).stream().filter(Status::leads).count();
    } catch (UncheckedIOException away) {
      return 0;
    }
  }

  public static List<Status> of(ContainerNode node) {
    List<Status> all = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(node.get("/replicas").body())) {
      Map<String, String> fields = new HashMap<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          fields.put(parser.currentName(), parser.getText());
        } else if (token == JsonToken.END_OBJECT) {
          all.add(status(fields));
          fields.clear();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Status status(Map<String, String> fields) {
    return new Status(
        Integer.parseInt(fields.getOrDefault("partition", "-1")),
        fields.getOrDefault("role", "").equalsIgnoreCase("leader"),
        Long.parseLong(fields.getOrDefault("term", "0")),
        Long.parseLong(fields.getOrDefault("applied", "-1")),
        fields.getOrDefault("hash", ""));
  }
}

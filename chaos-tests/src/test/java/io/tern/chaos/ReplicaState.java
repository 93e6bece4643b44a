package io.tern.chaos;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a node's replica of a partition stands, from the page that it serves at /replicas. For
 * processes and containers alike.
 *
 * @param applied the newest entry whose changes are in the hash
 */
public record ReplicaState(int partition, String role, long applied, String hash) {
  private static final JsonFactory JSON = new JsonFactory();

  /** All replicas of a node. */
  public static List<ReplicaState> of(String page) {
    List<ReplicaState> replicas = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(page)) {
      Map<String, String> fields = new HashMap<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          fields.put(parser.currentName(), parser.getText());
        } else if (token == JsonToken.END_OBJECT) {
          replicas.add(of(fields));
          fields.clear();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return replicas;
  }

  public boolean leads() {
    return role.equals("leader");
  }

  private static ReplicaState of(Map<String, String> fields) {
    return new ReplicaState(
        Integer.parseInt(field(fields, "partition")),
        field(fields, "role"),
        Long.parseLong(field(fields, "applied")),
        field(fields, "hash"));
  }

  private static String field(Map<String, String> fields, String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }
}

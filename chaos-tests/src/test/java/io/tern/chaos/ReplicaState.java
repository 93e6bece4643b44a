package io.tern.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node's replica of a partition stands, from the page that it serves at /replicas.
 *
 * @param applied the newest entry whose changes are in the hash
 */
record ReplicaState(int partition, String role, long applied, String hash) {
  private static final Pattern OBJECT = Pattern.compile("\\{[^}]*\\}");

  static List<ReplicaState> of(String page) {
    List<ReplicaState> replicas = new ArrayList<>();
    Matcher object = OBJECT.matcher(page);
    while (object.find()) {
      String text = object.group();
      replicas.add(
          new ReplicaState(
              Integer.parseInt(field(text, "partition")),
              field(text, "role"),
              Long.parseLong(field(text, "applied")),
              field(text, "hash")));
    }
    return replicas;
  }

  private static String field(String object, String name) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}\\s]*)").matcher(object);
    if (!value.find()) {
      throw new IllegalArgumentException("no " + name + " in " + object);
    }
    return value.group(1);
  }
}

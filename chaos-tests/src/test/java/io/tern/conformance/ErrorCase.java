package io.tern.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One row of the tables behind {@link ErrorsTest}: a call in both protocols and the error it must
 * give. Empty texts of the message mean that SQS documents none, so any will do. Placeholders in
 * braces are filled by {@link ErrorFixture}.
 */
record ErrorCase(
    String name,
    ErrorKind kind,
    String jsonMessage,
    String queryMessage,
    String operation,
    String json,
    List<String> form) {
  private static final Set<String> NUMBERS =
      Set.of(
          "MaxNumberOfMessages",
          "WaitTimeSeconds",
          "DelaySeconds",
          "VisibilityTimeout",
          "MaxResults",
          "MaxNumberOfMessagesPerSecond");

  /** What stands between "must" and "call" in a table row. */
  record Expected(ErrorKind kind, String jsonMessage, String queryMessage) {
    /** The call, whose parameters are flat: they are written alike in both protocols. */
    ErrorCase when(String name, String operation, String parameters) {
      return when(name, operation, jsonOf(parameters), parameters);
    }

    /** The call, written out for each protocol. */
    ErrorCase when(String name, String operation, String json, String form) {
      return new ErrorCase(name, kind, jsonMessage, queryMessage, operation, json, pairs(form));
    }
  }

  static Expected error(ErrorKind kind) {
    return new Expected(kind, "", "");
  }

  static Expected error(ErrorKind kind, String message) {
    return new Expected(kind, message, message);
  }

  static Expected error(ErrorKind kind, String jsonMessage, String queryMessage) {
    return new Expected(kind, jsonMessage, queryMessage);
  }

  private static List<String> pairs(String form) {
    List<String> pairs = new ArrayList<>();
    for (String pair : form.isEmpty() ? new String[0] : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      pairs.add(pair.substring(0, equals));
      pairs.add(pair.substring(equals + 1));
    }
    return List.copyOf(pairs);
  }

  private static String jsonOf(String form) {
    List<String> pairs = pairs(form);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      String name = pairs.get(i);
      String value = pairs.get(i + 1);
      members.add("\"" + name + "\": " + (NUMBERS.contains(name) ? value : "\"" + value + "\""));
    }
    return "{" + String.join(", ", members) + "}";
  }

  @Override
  public String toString() {
    return operation + ": " + name;
  }
}

package io.tern.conformance.sns;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the tables behind {@link SnsErrorsTest}: a call and the error it must give. An empty
 * text means that none of Amazon's is known, so any will do. Placeholders in braces are filled by
 * {@link SnsErrorFixture}.
 */
record SnsErrorCase(
    String name, String code, int status, String text, String action, List<String> form) {

  /** What stands between "must" and "call" in a table row. */
  record Expected(String code, int status, String text) {
    /** The call, with parameters as name=value&name=value. */
    SnsErrorCase when(String name, String action, String parameters) {
      return new SnsErrorCase(name, code, status, text, action, pairs(parameters));
    }
  }

  static Expected error(String code, int status, String text) {
    return new Expected(code, status, text);
  }

  /** The most frequent error, with its usual beginning. */
  static Expected invalid(String what) {
    return plain("Invalid parameter: " + what);
  }

  /** The most frequent error with this text. */
  static Expected plain(String text) {
    return error("InvalidParameter", 400, text);
  }

  /** The most frequent error with a text of ours. */
  static Expected refused() {
    return plain("");
  }

  /** A required member that is absent. */
  static Expected absent(String path) {
    return error(
        "ValidationError",
        400,
        "1 validation error detected: Value null at '"
            + path
            + "' failed to satisfy constraint: Member must not be null");
  }

  static Expected notFound(String what) {
    return error("NotFound", 404, what + " does not exist");
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

  @Override
  public String toString() {
    return action + ": " + name;
  }
}

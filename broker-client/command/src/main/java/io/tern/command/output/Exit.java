package io.tern.command.output;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a command ended, as its exit code tells scripts. Every command of {@code tern} uses these.
 */
public enum Exit {
  DONE(0, "Done."),
  FAILED(1, "The cluster refused, or it failed."),
  USAGE(2, "The command line is wrong."),
  UNREACHABLE(3, "No node could be reached, or none answered in time.");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** Every code with its meaning, for the help pages. */
  public static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Exit exit : values()) {
      meanings.put(" " + exit.code, exit.meaning);
    }
    return meanings;
  }
}

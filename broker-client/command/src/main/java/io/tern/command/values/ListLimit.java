package io.tern.command.values;

import io.tern.command.output.CommandFailure;
import picocli.CommandLine;

/** How much a list shows. For every command that lists. */
public final class ListLimit {
  /** What people are told when there is more. */
  public static final String MORE = "there are more; see --limit";

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "" + CommandLimits.LISTED_BY_DEFAULT,
      description = "Shows at most so many (default: ${DEFAULT-VALUE}).")
  private int limit = CommandLimits.LISTED_BY_DEFAULT;

  /**
   * The limit.
   *
   * @throws CommandFailure when it makes no sense
   */
  public int checked() {
    if (limit < 1 || limit > CommandLimits.LISTED) {
      throw CommandFailure.usage("--limit is from 1 to " + CommandLimits.LISTED);
    }
    return limit;
  }
}

package io.tern.chaos.checker;

import java.util.List;
import java.util.Map;

/**
 * What a checker found.
 *
 * @param checked how many things it looked at; 0 means that it had nothing to say
 * @param violationCount all of them
 * @param violations the first of them as text, each with what is needed to find it in the history
 * @param figures what else it measured, by name
 */
public record Verdict(
    String checker,
    long checked,
    long violationCount,
    List<String> violations,
    Map<String, Long> figures) {
  /** The figure that counts what could not be judged: a drain too short, a search too long. */
  public static final String UNDECIDED = "undecided";

  /** No violation; see {@link #undecided} for what that leaves open. */
  public boolean isGreen() {
    return violationCount == 0;
  }

  public long undecided() {
    return figures.getOrDefault(UNDECIDED, 0L);
  }
}

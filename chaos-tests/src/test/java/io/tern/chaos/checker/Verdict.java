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
  public boolean isGreen() {
    return violationCount == 0;
  }
}

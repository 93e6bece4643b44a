package io.tern.chaos.checker;

import java.util.List;

/**
 * All verdicts over what one workload did; made by {@link Judgement}, shown by reports.
 *
 * @param ok calls that ended so; the same for the other two
 */
public record WorkloadVerdicts(
    String workload, long ok, long fail, long unknown, List<Verdict> verdicts) {
  public boolean isGreen() {
    return verdicts.stream().allMatch(Verdict::isGreen);
  }

  public long violations() {
    return verdicts.stream().mapToLong(Verdict::violationCount).sum();
  }

  public long checked() {
    return verdicts.stream().mapToLong(Verdict::checked).sum();
  }

  /** What no checker could judge; a run that has some proves less than it seems to. */
  public long undecided() {
    return verdicts.stream().mapToLong(Verdict::undecided).sum();
  }

  public long operations() {
    return ok + fail + unknown;
  }
}

package io.tern.state;

import io.tern.state.Change.LogicAdvanced;
import io.tern.state.Command.AdvanceLogic;
import io.tern.state.limits.ErrorCode;
import java.util.List;

/** How the level of logic rises; the same for every machine. */
public final class LogicRules {
  private LogicRules() {}

  /**
   * Raises the level, never lowers it. A level that this version does not know is taken like any
   * other, as newer replicas take it; evolving it then stops this one.
   */
  public static Decision advance(int current, AdvanceLogic command) {
    if (command.level() < current) {
      return Rejections.of(
          ErrorCode.INVALID_PARAMETER_VALUE, "Logic is at level " + current + " and stays there.");
    }
    return command.level() == current
        ? Decision.reply(new Reply.Done())
        : Decision.done(List.of(new LogicAdvanced(command.level())));
  }
}

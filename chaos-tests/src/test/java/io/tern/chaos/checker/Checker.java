package io.tern.chaos.checker;

import io.tern.chaos.history.History;

/** One property that a history must have. Says only what is certain: an excuse clears. */
public interface Checker {
  /** As in reports: no-loss, fifo-order, ... */
  String name();

  Verdict check(History history);
}

package io.tern.state;

import java.util.List;

/** What a rule decided: the answer, the facts that follow, and what the leader should do. */
public record Decision(Reply reply, List<Change> changes, List<Effect> effects) {
  private static final Reply DONE = new Reply.Done();

  /** An answer that changes nothing. */
  public static Decision reply(Reply reply) {
    return new Decision(reply, List.of(), List.of());
  }

  /** An answer with facts and no effects. */
  public static Decision of(Reply reply, List<Change> changes) {
    return new Decision(reply, changes, List.of());
  }

  /** Facts with nothing to tell. */
  public static Decision done(List<Change> changes) {
    return new Decision(DONE, changes, List.of());
  }
}

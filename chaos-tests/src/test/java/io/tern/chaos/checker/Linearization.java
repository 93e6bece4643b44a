package io.tern.chaos.checker;

import io.tern.chaos.history.Call;
import io.tern.chaos.history.Operation;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for an order of the operations on one name that keeps real time and that the model
 * allows, in the way of Wing, Gong and Lowe: depth first, no situation twice. Operations in doubt
 * may be in the order anywhere after their begin, or not at all. Made by {@link
 * AdministrationChecker} for one name.
 */
final class Linearization {
  /** How a search ended. */
  enum Result {
    FOUND,
    IMPOSSIBLE,
    GIVEN_UP
  }

  /**
   * Where a search is.
   *
   * @param done how many sure operations at the begin are all in the order
   * @param beyond which of those after them are, counted from there
   * @param doubtful which of the operations in doubt are
   */
  private record Situation(int done, BitSet beyond, BitSet doubtful, Definition definition) {}

  private final List<Operation> sure;
  private final List<Operation> doubtful;
  private final int maxSteps;
  private final Set<Situation> known = new HashSet<>();
  private final Deque<Situation> open = new ArrayDeque<>();
  private int furthest;

  /**
   * @param sure ended, in the order of their begins
   * @param doubtful in the order of their begins
   */
  Linearization(List<Operation> sure, List<Operation> doubtful, int maxSteps) {
    this.sure = sure;
    this.doubtful = doubtful;
    this.maxSteps = maxSteps;
  }

  /** The first operation that no order could take in. */
  Operation stuckAt() {
    return sure.get(furthest);
  }

  Result search(List<Definition> beginnings) {
    for (Definition beginning : beginnings) {
      reach(new Situation(0, new BitSet(), new BitSet(), beginning));
    }
    for (int steps = 0; !open.isEmpty(); steps++) {
      if (steps == maxSteps) {
        return Result.GIVEN_UP;
      }
      Situation situation = open.pop();
      if (situation.done() == sure.size()) {
        return Result.FOUND;
      }
      furthest = Math.max(furthest, situation.done());
      goOn(situation);
    }
    return Result.IMPOSSIBLE;
  }

  private void reach(Situation situation) {
    if (known.add(situation)) {
      open.push(situation);
    }
  }

  private void goOn(Situation from) {
    long firstEnd = firstEnd(from);
    int candidates = 0;
    while (from.done() + candidates < sure.size()
        && sure.get(from.done() + candidates).invokedNanos() <= firstEnd) {
      candidates++;
    }
    // What can change nothing loses nothing by being next.
    for (int i = 0; i < candidates; i++) {
      if (!from.beyond().get(i)
          && isRead(sure.get(from.done() + i))
          && from.definition().equals(from.definition().after(sure.get(from.done() + i)))) {
        reach(taken(from, i, from.definition()));
        return;
      }
    }
    for (int i = 0; i < doubtful.size() && doubtful.get(i).invokedNanos() <= firstEnd; i++) {
      doubt(from, i);
    }
    for (int i = candidates - 1; i >= 0; i--) {
      if (!from.beyond().get(i)) {
        Definition next = from.definition().after(sure.get(from.done() + i));
        if (next != null) {
          reach(taken(from, i, next));
        }
      }
    }
  }

  /** A deletion of what is not there changes nothing either, but might have a moment later. */
  private static boolean isRead(Operation operation) {
    return operation.call() instanceof Call.GetAttribute || !operation.mayHaveHappened();
  }

  /** The operation that ended then must be in the order before any that began later. */
  private long firstEnd(Situation from) {
    long firstEnd = Times.NEVER;
    for (int i = from.done(); i < sure.size() && sure.get(i).invokedNanos() <= firstEnd; i++) {
      if (!from.beyond().get(i - from.done())) {
        firstEnd = Math.min(firstEnd, sure.get(i).endedNanos());
      }
    }
    return firstEnd;
  }

  private void doubt(Situation from, int index) {
    if (from.doubtful().get(index) || hasUnusedTwin(from, index)) {
      return;
    }
    Definition next = from.definition().after(doubtful.get(index));
    if (next != null && !next.equals(from.definition())) {
      BitSet used = (BitSet) from.doubtful().clone();
      used.set(index);
      reach(new Situation(from.done(), from.beyond(), used, next));
    }
  }

  /** Of several that ask for the same, the first is as good as any. */
  private boolean hasUnusedTwin(Situation from, int index) {
    for (int i = 0; i < index; i++) {
      if (!from.doubtful().get(i) && doubtful.get(i).call().equals(doubtful.get(index).call())) {
        return true;
      }
    }
    return false;
  }

  private static Situation taken(Situation from, int index, Definition next) {
    BitSet beyond = (BitSet) from.beyond().clone();
    beyond.set(index);
    int more = beyond.nextClearBit(0);
    return new Situation(
        from.done() + more,
        more == 0 ? beyond : beyond.get(more, Math.max(more, beyond.length())),
        from.doubtful(),
        next);
  }
}

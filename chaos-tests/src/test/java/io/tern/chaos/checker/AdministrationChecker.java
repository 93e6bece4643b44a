package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Call.CreateQueue;
import io.tern.chaos.history.Call.CreateTopic;
import io.tern.chaos.history.Call.DeleteQueue;
import io.tern.chaos.history.Call.DeleteTopic;
import io.tern.chaos.history.Call.GetAttribute;
import io.tern.chaos.history.Call.SetAttribute;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Creating, changing, reading and deleting a queue or topic are linearizable, name by name. A name
 * whose search grows too long is told as undecided. Run by {@link Judgement}.
 */
public final class AdministrationChecker implements Checker {
  private static final int MAX_STEPS = 300_000;

  private final int maxSteps;

  public AdministrationChecker() {
    this(MAX_STEPS);
  }

  /** With another patience; for tests. */
  AdministrationChecker(int maxSteps) {
    this.maxSteps = maxSteps;
  }

  @Override
  public String name() {
    return "administration";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Map<String, List<Operation>> byName = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      if (isAdministration(operation.call())) {
        byName.computeIfAbsent(operation.call().target(), _ -> new ArrayList<>()).add(operation);
      }
    }
    byName.forEach((name, operations) -> judge(name, operations, history, findings));
    return findings.verdict(this);
  }

  private static boolean isAdministration(Call call) {
    return isChange(call) || call instanceof GetAttribute;
  }

  private static boolean isChange(Call call) {
    return call instanceof CreateQueue
        || call instanceof DeleteQueue
        || call instanceof SetAttribute
        || call instanceof CreateTopic
        || call instanceof DeleteTopic;
  }

  private void judge(String name, List<Operation> operations, History history, Findings findings) {
    Set<String> told = told(operations);
    Comparator<Operation> byBegin = Comparator.comparingLong(Operation::invokedNanos);
    List<Operation> sure =
        operations.stream()
            .filter(o -> o.outcome() != Outcome.UNKNOWN && saysSomething(o))
            .map(o -> isOfAnother(o, told) ? existence(o) : o)
            .sorted(byBegin)
            .toList();
    List<Operation> doubtful =
        operations.stream()
            .filter(o -> o.outcome() == Outcome.UNKNOWN && isChange(o.call()))
            .filter(o -> isNeeded(o, operations))
            .sorted(byBegin)
            .toList();
    List<Definition> beginnings = new ArrayList<>(List.of(Definition.ABSENT));
    if (history.queues().stream().anyMatch(queue -> queue.name().equals(name))) {
      beginnings.add(Definition.UNTOLD);
    }
    findings.checked(sure.size());
    Linearization search = new Linearization(sure, doubtful, maxSteps);
    switch (search.search(beginnings)) {
      case FOUND -> {}
      case GIVEN_UP -> findings.undecided(1);
      case IMPOSSIBLE ->
          findings.violation(
              "not linearizable: "
                  + name
                  + "; no order takes in operation "
                  + search.stuckAt().id()
                  + ", "
                  + search.stuckAt().call()
                  + " with "
                  + search.stuckAt().answer());
    }
  }

  /** The attributes that somebody sets; others, as counts of messages, change by themselves. */
  private static Set<String> told(List<Operation> operations) {
    Set<String> names = new HashSet<>();
    for (Operation operation : operations) {
      if (operation.call() instanceof SetAttribute set) {
        names.add(set.name());
      } else if (operation.call() instanceof CreateQueue create) {
        names.addAll(create.attributes().keySet());
      }
    }
    return names;
  }

  private static boolean saysSomething(Operation operation) {
    return operation.isOk()
        || (operation.outcome() == Outcome.FAIL
            && Definition.Refusal.of(operation.error()) != Definition.Refusal.OTHER);
  }

  private static boolean isOfAnother(Operation operation, Set<String> told) {
    return operation.call() instanceof GetAttribute get
        && operation.answer() instanceof Answer.Value answer
        && answer.value() != null
        && !told.contains(get.name());
  }

  /** The same read of something that all that exist have: it says only that there is one. */
  private static Operation existence(Operation read) {
    return new Operation(
        read.id(),
        read.workload(),
        read.client(),
        read.node(),
        read.invokedNanos(),
        read.endedNanos(),
        read.outcome(),
        read.error(),
        new GetAttribute(read.call().target(), "existence"),
        new Answer.Value("true"));
  }

  /** A set in doubt explains nothing unless somebody saw its value, or met some other value. */
  private static boolean isNeeded(Operation doubtful, List<Operation> operations) {
    return !(doubtful.call() instanceof SetAttribute set)
        || operations.stream().anyMatch(o -> saw(o, set));
  }

  private static boolean saw(Operation operation, SetAttribute set) {
    if (operation.call() instanceof CreateQueue create) {
      return set.value().equals(create.attributes().get(set.name()))
          || operation.outcome() == Outcome.FAIL;
    }
    return operation.call() instanceof GetAttribute get
        && get.name().equals(set.name())
        && operation.answer() instanceof Answer.Value answer
        && set.value().equals(answer.value());
  }
}

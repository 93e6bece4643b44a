package io.tern.chaos.history;

import java.util.List;

/** All that a run knows; what checkers judge. Operations are in the order of their ids. */
public record History(
    List<Operation> operations,
    List<QueueFact> queues,
    List<SubscriptionFact> subscriptions,
    List<FaultEvent> faults) {
  public History {
    operations = List.copyOf(operations);
    queues = List.copyOf(queues);
    subscriptions = List.copyOf(subscriptions);
    faults = List.copyOf(faults);
  }

  /** Only what one workload did, with all faults. */
  public History of(String workload) {
    return new History(
        operations.stream().filter(o -> o.workload().equals(workload)).toList(),
        queues.stream().filter(q -> q.workload().equals(workload)).toList(),
        subscriptions.stream().filter(s -> s.workload().equals(workload)).toList(),
        faults);
  }
}

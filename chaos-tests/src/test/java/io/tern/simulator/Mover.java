package io.tern.simulator;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.partition.PartitionMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The leader's duty to go on with the move tasks of one partition. It knows of queues what some
 * replica of the catalogue knows, which may be old.
 */
final class Mover {
  private static final long ROUND_MILLIS = 200;

  private final SimulatedPartition catalogue;
  private final SimulatedPartition partition;
  private final Agenda agenda;
  private final Random random;
  private final int pace;

  Mover(
      SimulatedPartition catalogue,
      SimulatedPartition partition,
      Agenda agenda,
      Random random,
      int pace) {
    this.catalogue = catalogue;
    this.partition = partition;
    this.agenda = agenda;
    this.random = random;
    this.pace = pace;
  }

  void start() {
    agenda.after(ROUND_MILLIS, this::round);
  }

  private void round() {
    SimulatedReplica leader = partition.leader();
    if (leader != null && leader.up() instanceof PartitionMachine machine) {
      for (Change.MoveTaskChanged running : machine.runningMoveTasks()) {
        List<MoveRoute> routes = routes();
        if (!routes.isEmpty()) {
          partition.ask(
              new Command.AdvanceMoveTask(
                  running.queue(), running.task().taskId(), 1 + random.nextInt(5), routes),
              _ -> {});
        }
      }
    }
    agenda.after(ROUND_MILLIS * pace, this::round);
  }

  private List<MoveRoute> routes() {
    List<MoveRoute> routes = new ArrayList<>();
    SimulatedReplica replica = catalogue.replicas().get(random.nextInt(3));
    if (replica.isUp() && replica.up() instanceof CatalogueMachine machine) {
      for (String known : Client.names()) {
        QueueName name = new QueueName(Client.ACCOUNT, known);
        QueueDefinition queue = machine.queue(name);
        MoveTarget target =
            queue == null ? null : new MoveTarget(queue.queue(), queue.partition(), name);
        routes.add(new MoveRoute(name, target));
      }
    }
    return routes;
  }
}

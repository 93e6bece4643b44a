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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The leader's duty to go on with the move tasks of one partition. It knows of queues what some
 * replica of the catalogue knows, which may be old.
 */
final class Mover {
  private static final long ROUND_MILLIS = 200;

  private final Supplier<@Nullable CatalogueMachine> mirror;
  private final LedPartition partition;
  private final Timer timer;
  private final Random random;
  private final int pace;

  Mover(
      Supplier<@Nullable CatalogueMachine> mirror,
      LedPartition partition,
      Timer timer,
      Random random,
      int pace) {
    this.mirror = mirror;
    this.partition = partition;
    this.timer = timer;
    this.random = random;
    this.pace = pace;
  }

  void start() {
    timer.after(ROUND_MILLIS, this::round);
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
    timer.after(ROUND_MILLIS * pace, this::round);
  }

  private List<MoveRoute> routes() {
    List<MoveRoute> routes = new ArrayList<>();
    CatalogueMachine machine = mirror.get();
    if (machine != null) {
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

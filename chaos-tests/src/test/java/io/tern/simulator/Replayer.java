package io.tern.simulator;

import io.tern.state.Bytes;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicCommand.AdvanceReplay;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.topic.ReplayedMessage;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The leader's duty to go on with the replays of one partition; it may do a step twice. */
final class Replayer {
  private static final long ROUND_MILLIS = 150;

  private final SimulatedPartition partition;
  private final Agenda agenda;
  private final Random random;

  Replayer(SimulatedPartition partition, Agenda agenda, Random random) {
    this.partition = partition;
    this.agenda = agenda;
    this.random = random;
  }

  void start() {
    agenda.after(ROUND_MILLIS, this::round);
  }

  private void round() {
    SimulatedReplica leader = partition.leader();
    if (leader != null && leader.up() instanceof PartitionMachine machine) {
      for (ReplayChanged active : machine.activeReplays()) {
        AdvanceReplay step = step(leader, machine, active);
        for (int times = random.nextInt(3); times >= 0; times--) {
          partition.ask(step, _ -> {});
        }
      }
    }
    agenda.after(ROUND_MILLIS, this::round);
  }

  private AdvanceReplay step(
      SimulatedReplica leader, PartitionMachine machine, ReplayChanged active) {
    long next = active.replay().next();
    int max = 1 + random.nextInt(5);
    List<ReplayedMessage> messages = new ArrayList<>();
    for (Map.Entry<Long, Bytes> body :
        leader.rows().bodies(active.topic()).tailMap(next, true).entrySet()) {
      if (messages.size() == max) {
        break;
      }
      messages.add(
          new ReplayedMessage(
              body.getKey(),
              Cast.LATE.target(Cast.once(0)),
              TopicHistory.groupOf(body.getValue()),
              body.getValue()));
    }
    TopicView topic = machine.topic(active.topic());
    boolean ended = messages.size() < max;
    long last = topic == null ? 0 : topic.nextBody() - 1;
    long upTo = ended ? last : messages.getLast().number();
    return new AdvanceReplay(
        active.topic(),
        active.replay().subscription(),
        active.replay().version(),
        next,
        upTo,
        messages,
        ended);
  }
}

package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.simulator.Cast.Voice;
import io.tern.state.Bytes;
import io.tern.state.MessageId;
import io.tern.state.Reply;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.queue.Deduplication;
import java.util.Random;

/** Someone who publishes: one message after the other, each repeated when no answer comes. */
final class Publisher {
  private static final long PATIENCE_MILLIS = 1_200;
  private static final int ATTEMPTS = 4;
  private static final String[] GROUPS = {"a", "b", "c"};

  private final TopicSimulation simulation;
  private final Agenda agenda;
  private final Random random;
  private long asked;

  Publisher(TopicSimulation simulation, Agenda agenda, Random random) {
    this.simulation = simulation;
    this.agenda = agenda;
    this.random = random;
  }

  void start() {
    agenda.after(random.nextInt(300), this::next);
  }

  private void next() {
    if (!simulation.isTroubled()) {
      return;
    }
    Voice voice = Cast.VOICES.get(random.nextInt(Cast.VOICES.size()));
    String group = GROUPS[random.nextInt(GROUPS.length)];
    long number = simulation.nextNumber();
    Bytes content = Bytes.of((voice.id().number() + " " + group + " " + number).getBytes(UTF_8));
    asked++;
    attempt(asked, 1, voice, group, number, content);
  }

  /** Matched anew for each attempt, as the leader does it. */
  private void attempt(
      long request, int count, Voice voice, String group, long number, Bytes content) {
    Deduplication once = Cast.once(number);
    Publish publish =
        new Publish(
            voice.id(),
            new MessageId(1, number),
            group,
            voice.fifo() ? once : null,
            content,
            simulation.version(voice),
            Cast.targets(simulation.boxes(voice), once));
    simulation.ask(
        voice.home(),
        publish,
        reply -> {
          if (reply instanceof Reply.MessageAccepted accepted) {
            simulation.acknowledged(voice.id(), accepted.number(), content);
          }
          if (request == asked && !(reply instanceof Reply.Outdated)) {
            asked++;
            agenda.after(random.nextInt(100), this::next);
          }
        });
    agenda.after(
        PATIENCE_MILLIS,
        () -> {
          if (request == asked && count < ATTEMPTS) {
            attempt(request, count + 1, voice, group, number, content);
          } else if (request == asked) {
            asked++;
            next();
          }
        });
  }
}

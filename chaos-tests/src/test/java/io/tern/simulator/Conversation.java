package io.tern.simulator;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.Random;
import java.util.function.BiConsumer;

/** One request after the other, each repeated when no answer comes; how clients talk. */
final class Conversation {
  private static final long PATIENCE_MILLIS = 1_200;
  private static final int ATTEMPTS = 4;

  private final Door door;
  private final Timer timer;
  private final Random random;
  private final int pace;
  private final Runnable next;
  private long asked;

  /**
   * Begins when the first request is made.
   *
   * @param next makes the next request, a while after an answer or when there was none
   */
  Conversation(Door door, Timer timer, Random random, int pace, Runnable next) {
    this.door = door;
    this.timer = timer;
    this.random = random;
    this.pace = pace;
    this.next = next;
  }

  void ask(PartitionId partition, Command command, BiConsumer<Command, Reply> told) {
    asked++;
    attempt(asked, 1, partition, command, told);
  }

  private void attempt(
      long request,
      int number,
      PartitionId partition,
      Command command,
      BiConsumer<Command, Reply> told) {
    door.ask(
        partition,
        command,
        reply -> {
          told.accept(command, reply);
          door.told(command, reply);
          if (request == asked) {
            asked++;
            timer.after((long) pace * random.nextInt(150), next);
          }
        });
    timer.after(
        PATIENCE_MILLIS,
        () -> {
          if (request == asked && number < ATTEMPTS) {
            attempt(request, number + 1, partition, command, told);
          } else if (request == asked) {
            asked++;
            next.run();
          }
        });
  }
}

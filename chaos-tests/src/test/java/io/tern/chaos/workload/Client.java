package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One client thread of a workload: its name, its chance and its calls. Made by {@link Load}. */
final class Client {
  private static final long REST_NANOS = 100_000_000;

  private final String name;
  private final Random random;
  private final RecordingSqs sqs;
  private final RecordingSns sns;
  private final RecordingAdministration administration;
  private final BooleanSupplier stopped;
  private int sequence;

  Client(String name, Random random, ClientCalls calls, BooleanSupplier stopped) {
    this.name = name;
    this.random = random;
    this.sqs = new RecordingSqs(calls);
    this.sns = new RecordingSns(calls);
    this.administration = new RecordingAdministration(calls);
    this.stopped = stopped;
  }

  Random random() {
    return random;
  }

  RecordingSqs sqs() {
    return sqs;
  }

  RecordingSns sns() {
    return sns;
  }

  RecordingAdministration administration() {
    return administration;
  }

  /** Whether a step should end before its next call. */
  boolean stopped() {
    return stopped.getAsBoolean();
  }

  /** A name for one more message of this client. */
  String nextKey() {
    sequence++;
    return name + ":" + sequence;
  }

  /** For a step that has nothing more to do until the end of the run. */
  void rest() {
    LockSupport.parkNanos(REST_NANOS);
  }

  boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** Several messages go as one batch. */
  List<Operation> send(Destination destination, List<Outgoing> messages) {
    boolean alone = messages.size() == 1;
    return switch (destination) {
      case LoadQueue queue ->
          alone ? List.of(sqs.send(queue, messages.getFirst())) : sqs.sendBatch(queue, messages);
      case LoadTopic topic ->
          alone
              ? List.of(sns.publish(topic, messages.getFirst()))
              : sns.publishBatch(topic, messages);
    };
  }
}

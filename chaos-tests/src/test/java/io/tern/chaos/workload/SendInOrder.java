package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A step of one client that sends to FIFO queues or topics. What is not acknowledged it sends
 * again, the same under the same id, before anything else; some of what is acknowledged it repeats
 * too, at once or minutes later.
 */
final class SendInOrder implements Step {
  private static final int BATCH_PERCENT = 20;
  private static final int BATCH_ENTRIES = 6;
  private static final int REPEAT_PERCENT = 8;

  /** Of the repetitions; what must be remembered across restarts and checkpoints. */
  private static final int REPEAT_OLD_PERCENT = 50;

  private static final int REMEMBERED = 64;

  /** Far enough from the five minutes after which a repetition is a new message. */
  private static final long REPEAT_WITHIN_NANOS = TimeUnit.MINUTES.toNanos(3);

  private static final int SAME_ID_PERCENT = 15;

  /** A cluster that is well again takes it before; then the faults last too long to wait. */
  private static final int TRIES = 100;

  /**
   * Messages that go together, to one destination.
   *
   * @param nanos when they were made; their first try was not before
   */
  private record Bundle(Destination destination, List<Outgoing> messages, long nanos) {
    boolean isYoung() {
      return System.nanoTime() - nanos < REPEAT_WITHIN_NANOS;
    }
  }

  private final List<? extends Destination> destinations;
  private final Send.Maker maker;
  private final int groups;
  private @Nullable Bundle pending;
  private final List<Bundle> acknowledged = new ArrayList<>();
  private int tries;

  SendInOrder(List<? extends Destination> destinations, int groups, Send.Maker maker) {
    this.destinations = List.copyOf(destinations);
    this.groups = groups;
    this.maker = maker;
  }

  @Override
  public void run(Client client) {
    Bundle bundle = next(client);
    List<Operation> ends = client.send(bundle.destination(), bundle.messages());
    List<Outgoing> again = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      if (!ends.get(i).isOk()) {
        again.add(bundle.messages().get(i));
      }
    }
    tries++;
    if (again.isEmpty()) {
      remember(client, bundle);
    }
    if (again.isEmpty() || tries == TRIES) {
      pending = null;
      tries = 0;
    } else {
      pending = new Bundle(bundle.destination(), again, bundle.nanos());
    }
  }

  private Bundle next(Client client) {
    Bundle last = pending;
    if (last != null) {
      return last;
    }
    if (!acknowledged.isEmpty() && client.happens(REPEAT_PERCENT)) {
      return repetition(client);
    }
    Destination destination = client.oneOf(destinations);
    int group = client.random().nextInt(groups);
    int count = client.happens(BATCH_PERCENT) ? client.random().nextInt(2, BATCH_ENTRIES + 1) : 1;
    List<Outgoing> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Outgoing message = maker.make(client, destination);
      messages.add(message.inGroup("g" + group, newId(client, destination)));
    }
    if (destination.groupDeduplication()
        && !destination.contentDeduplication()
        && client.happens(SAME_ID_PERCENT)) {
      // The same id in another group is another message.
      Outgoing other = maker.make(client, destination);
      messages.add(
          other.inGroup("g" + (group + 1) % groups, messages.getFirst().deduplicationId()));
    }
    return new Bundle(destination, messages, System.nanoTime());
  }

  /** Of the older ones some, the fewer the older. */
  private void remember(Client client, Bundle bundle) {
    acknowledged.removeIf(old -> old.equals(bundle) || !old.isYoung());
    if (acknowledged.size() == REMEMBERED) {
      acknowledged.remove(client.random().nextInt(REMEMBERED));
    }
    acknowledged.add(bundle);
  }

  private Bundle repetition(Client client) {
    Bundle old = client.oneOf(acknowledged);
    return old.isYoung() && client.happens(REPEAT_OLD_PERCENT) ? old : acknowledged.getLast();
  }

  private static @Nullable String newId(Client client, Destination destination) {
    return destination.contentDeduplication() ? null : client.nextKey();
  }
}

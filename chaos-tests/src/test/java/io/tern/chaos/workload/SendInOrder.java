package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of one client that sends to FIFO queues or topics. What is not acknowledged it sends
 * again, the same under the same id, before anything else; some of what is acknowledged it repeats
 * too.
 */
final class SendInOrder implements Step {
  private static final int BATCH_PERCENT = 20;
  private static final int BATCH_ENTRIES = 6;
  private static final int REPEAT_PERCENT = 8;
  private static final int SAME_ID_PERCENT = 15;

  /** A cluster that is well again takes it before; then the faults last too long to wait. */
  private static final int TRIES = 100;

  /** Messages that go together, to one destination. */
  private record Bundle(Destination destination, List<Outgoing> messages) {}

  private final List<? extends Destination> destinations;
  private final Send.Maker maker;
  private final int groups;
  private @Nullable Bundle pending;
  private @Nullable Bundle acknowledged;
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
      acknowledged = bundle;
    }
    if (again.isEmpty() || tries == TRIES) {
      pending = null;
      tries = 0;
    } else {
      pending = new Bundle(bundle.destination(), again);
    }
  }

  private Bundle next(Client client) {
    Bundle last = pending;
    if (last != null) {
      return last;
    }
    Bundle done = acknowledged;
    if (done != null && client.happens(REPEAT_PERCENT)) {
      return done;
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
    return new Bundle(destination, messages);
  }

  private static @Nullable String newId(Client client, Destination destination) {
    return destination.contentDeduplication() ? null : client.nextKey();
  }
}

package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.List;

/** A step that sends new messages to one of some standard queues or topics; never one again. */
final class Send implements Step {
  /** Makes the next message of a client. */
  @FunctionalInterface
  interface Maker {
    Outgoing make(Client client, Destination destination);
  }

  private static final int BATCH_PERCENT = 20;
  private static final int BATCH_ENTRIES = 10;

  /** What a batch may hold, with room for attributes. */
  private static final int BATCH_BYTES = 200_000;

  private final List<? extends Destination> destinations;
  private final Maker maker;

  Send(List<? extends Destination> destinations, Maker maker) {
    this.destinations = List.copyOf(destinations);
    this.maker = maker;
  }

  /** Mostly less than 2 KiB. */
  static Outgoing small(Client client, Destination destination) {
    int bytes = client.random().nextInt(20, client.happens(90) ? 600 : 2_048);
    return Outgoing.of(Bodies.create(client.nextKey(), destination.name(), bytes, client.random()));
  }

  @Override
  public void run(Client client) {
    Destination destination = client.oneOf(destinations);
    List<Outgoing> messages = new ArrayList<>();
    messages.add(maker.make(client, destination));
    int wanted = client.happens(BATCH_PERCENT) ? client.random().nextInt(2, BATCH_ENTRIES + 1) : 1;
    int bytes = Bodies.bytes(messages.getFirst().body());
    while (messages.size() < wanted && bytes < BATCH_BYTES) {
      Outgoing next = maker.make(client, destination);
      bytes += Bodies.bytes(next.body());
      if (bytes < BATCH_BYTES) {
        messages.add(next);
      }
    }
    client.send(destination, messages);
  }
}

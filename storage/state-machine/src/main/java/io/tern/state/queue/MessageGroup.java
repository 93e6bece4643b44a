package io.tern.state.queue;

/**
 * The messages of one group of a FIFO queue, in their order. A receive may take those before the
 * first one that is in flight or delayed; while the head is in flight the group is locked.
 */
final class MessageGroup {
  private final String name;
  private final NumberList messages;
  private final NumberList hidden = new NumberList();

  MessageGroup(String name, NumberList messages) {
    this.name = name;
    this.messages = messages;
  }

  String name() {
    return name;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  NumberList messages() {
    return messages;
  }

  void hide(long number) {
    hidden.add(number);
  }

  void show(long number) {
    hidden.remove(number);
  }

  boolean remove(long number) {
    hidden.remove(number);
    return messages.remove(number);
  }

  int removeUpTo(long number) {
    hidden.removeUpTo(number);
    return messages.removeUpTo(number);
  }

  /** How many messages a receive may take, given the first delayed number of the queue. */
  int deliverable(long firstDelayed) {
    long blocked = Math.min(hidden.first(), firstDelayed);
    return messages.first() >= blocked ? 0 : messages.below(blocked);
  }
}

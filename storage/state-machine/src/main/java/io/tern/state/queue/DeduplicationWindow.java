package io.tern.state.queue;

import io.tern.state.MessageId;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sends of the last minutes of one FIFO queue or topic, found by key, forgotten in their order.
 * A ring of sends and a hash table of places in it, in plain arrays: at full rate there are a
 * million, and as objects they would be most of what a collector has to visit.
 */
public final class DeduplicationWindow {
  private static final int FIELDS = 6;
  private static final int NUMBER = 0;
  private static final int KEY_HIGH = 1;
  private static final int KEY_LOW = 2;
  private static final int ID_HIGH = 3;
  private static final int ID_LOW = 4;
  private static final int AT = 5;
  private static final int SMALLEST = 16;
  private static final int NOWHERE = -1;

  /** Room for {@code capacity} sends, a power of two. */
  private long[] ring = new long[0];

  /** Places in the ring plus one, by key; 0 is free. Twice as many as the ring has places. */
  private int[] table = new int[0];

  private int capacity;
  private int head;
  private int size;

  public int size() {
    return size;
  }

  /** When the oldest send was, or {@link Long#MAX_VALUE}; queue time. */
  public long oldestMillis() {
    return size == 0 ? Long.MAX_VALUE : field(head, AT);
  }

  /** The newest send with that key, or null. */
  public @Nullable RememberedSend find(Deduplication key) {
    int slot = slotOf(key.keyHigh(), key.keyLow());
    return slot == NOWHERE ? null : send(table[slot] - 1);
  }

  /** Remembers a send later than all before. */
  public void add(RememberedSend send) {
    if (size == capacity) {
      resize(Math.max(SMALLEST, 2 * capacity));
    }
    int place = (head + size) & (capacity - 1);
    int base = place * FIELDS;
    Deduplication key = send.deduplication();
    ring[base + NUMBER] = send.number();
    ring[base + KEY_HIGH] = key.keyHigh();
    ring[base + KEY_LOW] = key.keyLow();
    ring[base + ID_HIGH] = key.id().high();
    ring[base + ID_LOW] = key.id().low();
    ring[base + AT] = send.atMillis();
    size++;
    enter(place);
  }

  /** Forgets every send with a number up to this one. */
  public void forgetUpTo(long number) {
    while (size > 0 && field(head, NUMBER) <= number) {
      int slot = slotOf(field(head, KEY_HIGH), field(head, KEY_LOW));
      if (slot != NOWHERE && table[slot] - 1 == head) {
        free(slot);
      }
      head = (head + 1) & (capacity - 1);
      size--;
    }
    if (capacity > SMALLEST && size < capacity / 8) {
      resize(capacity / 4);
    }
  }

  /** The number of the newest send that is older than this; 0 when there is none. */
  public long sentBefore(long atMillis) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (field((head + middle) & (capacity - 1), AT) < atMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : field((head + low - 1) & (capacity - 1), NUMBER);
  }

  public void clear() {
    ring = new long[0];
    table = new int[0];
    capacity = 0;
    head = 0;
    size = 0;
  }

  public List<RememberedSend> image() {
    List<RememberedSend> sends = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      sends.add(send((head + i) & (capacity - 1)));
    }
    return sends;
  }

  private RememberedSend send(int place) {
    return new RememberedSend(
        field(place, NUMBER),
        new Deduplication(
            field(place, KEY_HIGH),
            field(place, KEY_LOW),
            new MessageId(field(place, ID_HIGH), field(place, ID_LOW))),
        field(place, AT));
  }

  private long field(int place, int field) {
    return ring[place * FIELDS + field];
  }

  /** Enters the send into the table; an older one of the same key is no longer found. */
  private void enter(int place) {
    int slot = home(field(place, KEY_LOW));
    while (table[slot] != 0 && !isSame(table[slot] - 1, place)) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = place + 1;
  }

  private boolean isSame(int place, int other) {
    return field(place, KEY_HIGH) == field(other, KEY_HIGH)
        && field(place, KEY_LOW) == field(other, KEY_LOW);
  }

  private int slotOf(long keyHigh, long keyLow) {
    if (size == 0) {
      return NOWHERE;
    }
    int slot = home(keyLow);
    while (table[slot] != 0) {
      int place = table[slot] - 1;
      if (field(place, KEY_HIGH) == keyHigh && field(place, KEY_LOW) == keyLow) {
        return slot;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return NOWHERE;
  }

  /** Frees a slot and closes the gap, so that every send stays reachable from its home. */
  private void free(int freed) {
    int gap = freed;
    int slot = gap;
    table[gap] = 0;
    while (true) {
      slot = (slot + 1) & (table.length - 1);
      if (table[slot] == 0) {
        return;
      }
      int home = home(field(table[slot] - 1, KEY_LOW));
      boolean staysReachable =
          gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
      if (!staysReachable) {
        table[gap] = table[slot];
        table[slot] = 0;
        gap = slot;
      }
    }
  }

  /** Keys are digests: their bits are as good as a hash. */
  private int home(long keyLow) {
    return (int) keyLow & (table.length - 1);
  }

  private void resize(int newCapacity) {
    long[] roomy = new long[newCapacity * FIELDS];
    for (int i = 0; i < size; i++) {
      int place = (head + i) & (capacity - 1);
      System.arraycopy(ring, place * FIELDS, roomy, i * FIELDS, FIELDS);
    }
    ring = roomy;
    table = new int[2 * newCapacity];
    capacity = newCapacity;
    head = 0;
    for (int place = 0; place < size; place++) {
      enter(place);
    }
  }
}

package io.tern.state.topic;

import io.tern.state.QueueId;
import io.tern.state.limits.Limits;
import io.tern.state.topic.TopicImage.BodyMark;
import io.tern.state.topic.TopicImage.Holder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sparse map from a queue's message to the body it refers to, of one topic, to answer "which
 * bodies does this queue still need?". It errs to the low side only: no body is called needless
 * that is not.
 *
 * <p>A mark says that messages from its number on refer to its body or a later one. Bodies and
 * messages mostly come in the same order; a body that comes late, because it came back to the
 * topic's home, lowers the marks of later ones, so that no mark's body is above the next one's.
 */
final class BodyMarks {
  private static final int SMALLEST = 2;

  private long[] numbers = new long[SMALLEST];
  private long[] bodies = new long[SMALLEST];
  private int size;
  private long lastNumber;

  static BodyMarks of(Holder image) {
    BodyMarks marks = new BodyMarks();
    for (BodyMark mark : image.marks()) {
      marks.append(mark.number(), mark.body());
    }
    marks.lastNumber = image.lastNumber();
    return marks;
  }

  Holder image(QueueId queue) {
    List<BodyMark> marks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      marks.add(new BodyMark(numbers[i], bodies[i]));
    }
    return new Holder(queue, lastNumber, marks);
  }

  /** Notes a message above all noted before; marks are as far apart as the backlog is long. */
  void note(long number, long body) {
    lastNumber = number;
    for (int i = size - 1; i >= 0 && bodies[i] > body; i--) {
      bodies[i] = body;
    }
    if (size > 0) {
      long spacing = (body - bodies[0]) / (Limits.HOLDER_MARKS / 2);
      if (body - bodies[size - 1] < Math.max(1, spacing)) {
        return;
      }
    }
    if (size == Limits.HOLDER_MARKS) {
      thin();
    }
    append(number, body);
  }

  /** The lowest body that messages from this number on may refer to, or the greatest long. */
  long neededFrom(long oldestNumber) {
    return oldestNumber > lastNumber ? Long.MAX_VALUE : bodies[at(oldestNumber)];
  }

  /** Drops the marks that only speak of messages below this number, all of which are gone. */
  void forgetBelow(long oldestNumber) {
    int dropped = at(oldestNumber);
    if (dropped > 0) {
      size -= dropped;
      System.arraycopy(numbers, dropped, numbers, 0, size);
      System.arraycopy(bodies, dropped, bodies, 0, size);
    }
  }

  /** The place of the last mark at or below that number; the first when all are above. */
  private int at(long number) {
    int place = size - 1;
    while (place > 0 && numbers[place] > number) {
      place--;
    }
    return place;
  }

  private void append(long number, long body) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      bodies = Arrays.copyOf(bodies, 2 * size);
    }
    numbers[size] = number;
    bodies[size] = body;
    size++;
  }

  /** Keeps every second mark, the oldest included. */
  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      numbers[kept] = numbers[i];
      bodies[kept] = bodies[i];
      kept++;
    }
    size = kept;
  }
}

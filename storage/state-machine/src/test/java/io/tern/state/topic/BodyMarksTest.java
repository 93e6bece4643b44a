package io.tern.state.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueId;
import io.tern.state.limits.Limits;
import io.tern.state.topic.TopicImage.Holder;
import java.util.Collections;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A body that a message may refer to is never called needless, and little more is kept. */
class BodyMarksTest {
  private static final QueueId QUEUE = new QueueId(1);

  @Test
  void knowsTheOldestBodyExactlyWhileThereAreFew() {
    BodyMarks marks = new BodyMarks();
    for (int i = 1; i <= 8; i++) {
      marks.note(10L * i, i);
    }
    assertThat(marks.neededFrom(1)).isEqualTo(1);
    assertThat(marks.neededFrom(10)).isEqualTo(1);
    assertThat(marks.neededFrom(30)).isEqualTo(3);
    assertThat(marks.neededFrom(31)).as("may be a mark below").isEqualTo(3);
    assertThat(marks.neededFrom(80)).isEqualTo(8);
    assertThat(marks.neededFrom(81)).as("nothing of the topic is left").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void neverErrsToTheHighSide() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TreeMap<Long, Long> bodyOf = new TreeMap<>();
      BodyMarks marks = new BodyMarks();
      long number = 0;
      long body = 0;
      for (int step = 0; step < 400; step++) {
        number += 1 + random.nextInt(3);
        body += 1 + (random.nextInt(10) == 0 ? random.nextInt(1_000) : random.nextInt(2));
        long late = random.nextInt(12) == 0 ? random.nextLong(Math.min(body, 500)) : 0;
        marks.note(number, body - late);
        bodyOf.put(number, body - late);
        if (random.nextInt(3) == 0) {
          bodyOf.pollFirstEntry();
        }
        if (random.nextInt(20) == 0) {
          marks.forgetBelow(bodyOf.isEmpty() ? number + 1 : bodyOf.firstKey());
        }
        if (random.nextInt(30) == 0) {
          marks = BodyMarks.of(marks.image(QUEUE));
        }
        if (!bodyOf.isEmpty()) {
          assertThat(marks.neededFrom(bodyOf.firstKey()))
              .isLessThanOrEqualTo(Collections.min(bodyOf.values()));
        }
      }
    }
  }

  /** The slack is a part of what waits, and the marks are few however long the backlog. */
  @Test
  void staysSmallAndNear() {
    BodyMarks marks = new BodyMarks();
    long bodies = 1_000_000;
    for (long body = 1; body <= bodies; body++) {
      marks.note(body, body);
    }
    Holder image = marks.image(QUEUE);
    assertThat(image.marks()).hasSizeLessThanOrEqualTo(Limits.HOLDER_MARKS);
    for (long oldest = 1; oldest <= bodies; oldest += 9_999) {
      assertThat(oldest - marks.neededFrom(oldest)).isLessThanOrEqualTo(bodies / 4);
    }
  }
}

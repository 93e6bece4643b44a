package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.MessageId;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The remembered sends against a plain list. */
class DeduplicationWindowTest {

  @Test
  void anEmptyWindowFindsNothing() {
    DeduplicationWindow window = new DeduplicationWindow();
    assertThat(window.find(key(1))).isNull();
    assertThat(window.size()).isZero();
    assertThat(window.oldestMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(window.sentBefore(Long.MAX_VALUE)).isZero();
    window.forgetUpTo(Long.MAX_VALUE);
    assertThat(window.image()).isEmpty();
  }

  @Test
  void ofTwoSendsWithTheSameKeyTheNewerIsFound() {
    DeduplicationWindow window = new DeduplicationWindow();
    window.add(send(1, 7, 10));
    window.add(send(2, 7, 20));
    assertThat(window.find(key(7))).isEqualTo(send(2, 7, 20));
  }

  @Test
  void forgettingTheOlderOfTwoLeavesTheNewer() {
    DeduplicationWindow window = new DeduplicationWindow();
    window.add(send(1, 7, 10));
    window.add(send(2, 7, 20));
    window.forgetUpTo(1);
    assertThat(window.find(key(7))).isEqualTo(send(2, 7, 20));
    window.forgetUpTo(2);
    assertThat(window.find(key(7))).isNull();
  }

  @Test
  void keysThatShareTheirLowHalfAreApart() {
    DeduplicationWindow window = new DeduplicationWindow();
    RememberedSend one = new RememberedSend(1, new Deduplication(1, 5, new MessageId(0, 1)), 10);
    RememberedSend other = new RememberedSend(2, new Deduplication(2, 5, new MessageId(0, 2)), 10);
    window.add(one);
    window.add(other);
    assertThat(window.find(one.deduplication())).isEqualTo(one);
    assertThat(window.find(other.deduplication())).isEqualTo(other);
    window.forgetUpTo(1);
    assertThat(window.find(one.deduplication())).isNull();
    assertThat(window.find(other.deduplication())).isEqualTo(other);
  }

  @Test
  void aWindowThatMovesOnGoesRoundItsRing() {
    DeduplicationWindow window = new DeduplicationWindow();
    for (long number = 1; number <= 10_000; number++) {
      window.add(send(number, number, number));
      window.forgetUpTo(number - 10);
      assertThat(window.find(key(number))).isNotNull();
      assertThat(window.find(key(number - 10))).isNull();
      assertThat(window.size()).isEqualTo((int) Math.min(number, 10));
    }
  }

  @Test
  void growsAndShrinks() {
    DeduplicationWindow window = new DeduplicationWindow();
    for (long number = 1; number <= 100_000; number++) {
      window.add(send(number, number * 31, number));
    }
    window.forgetUpTo(99_995);
    assertThat(window.size()).isEqualTo(5);
    assertThat(window.oldestMillis()).isEqualTo(99_996);
    for (long number = 99_996; number <= 100_000; number++) {
      assertThat(window.find(key(number * 31))).isEqualTo(send(number, number * 31, number));
    }
  }

  @Test
  void clearForgetsEverything() {
    DeduplicationWindow window = new DeduplicationWindow();
    window.add(send(1, 7, 10));
    window.clear();
    assertThat(window.find(key(7))).isNull();
    window.add(send(2, 7, 20));
    assertThat(window.find(key(7))).isEqualTo(send(2, 7, 20));
  }

  @Property(tries = 300)
  void behavesLikeAList(@ForAll long seed) {
    Random random = new Random(seed);
    DeduplicationWindow window = new DeduplicationWindow();
    List<RememberedSend> list = new ArrayList<>();
    int keys = 1 + random.nextInt(200);
    int eagerness = 1 + random.nextInt(12);
    long number = 0;
    long now = 0;
    for (int step = 0; step < 400; step++) {
      now += random.nextInt(3);
      if (random.nextInt(12) < eagerness) {
        number += 1 + random.nextInt(3);
        RememberedSend send = send(number, random.nextInt(keys), now);
        window.add(send);
        list.add(send);
      } else {
        long upTo = list.isEmpty() ? 0 : list.getFirst().number() + random.nextInt(20);
        window.forgetUpTo(upTo);
        list.removeIf(send -> send.number() <= upTo);
      }
      if (random.nextInt(200) == 0) {
        window.clear();
        list.clear();
      }
      check(window, list, random.nextInt(keys), random.nextLong(now + 2));
    }
    DeduplicationWindow copy = new DeduplicationWindow();
    window.image().forEach(copy::add);
    for (int key = 0; key < keys; key++) {
      check(copy, list, key, now);
    }
  }

  private static void check(
      DeduplicationWindow window, List<RememberedSend> list, long key, long atMillis) {
    RememberedSend newest = null;
    long before = 0;
    for (RememberedSend send : list) {
      newest = send.deduplication().keyLow() == key ? send : newest;
      before = send.atMillis() < atMillis ? send.number() : before;
    }
    assertThat(window.find(key(key))).isEqualTo(newest);
    assertThat(window.sentBefore(atMillis)).isEqualTo(before);
    assertThat(window.size()).isEqualTo(list.size());
    assertThat(window.oldestMillis())
        .isEqualTo(list.isEmpty() ? Long.MAX_VALUE : list.getFirst().atMillis());
    assertThat(window.image()).isEqualTo(list);
  }

  private static Deduplication key(long key) {
    return new Deduplication(0, key, new MessageId(0, 0));
  }

  private static RememberedSend send(long number, long key, long atMillis) {
    return new RememberedSend(
        number, new Deduplication(0, key, new MessageId(9, number)), atMillis);
  }
}

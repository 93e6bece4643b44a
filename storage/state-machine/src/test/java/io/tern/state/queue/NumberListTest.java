package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A group's numbers against a sorted set. */
class NumberListTest {

  @Test
  void anEmptyListHasNoFirst() {
    NumberList list = new NumberList();
    assertThat(list.isEmpty()).isTrue();
    assertThat(list.first()).isEqualTo(Long.MAX_VALUE);
    assertThat(list.below(5)).isZero();
    assertThat(list.remove(5)).isFalse();
    assertThat(list.removeUpTo(5)).isZero();
    assertThat(list.contains(5)).isFalse();
  }

  @Test
  void aNumberThatIsThereIsNotAddedAgain() {
    NumberList list = listOf(1, 2, 3);
    list.add(2);
    assertThat(numbers(list)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatComesBackGoesToItsPlace() {
    NumberList list = listOf(1, 2, 3, 4);
    list.remove(1);
    list.remove(3);
    list.add(3);
    list.add(1);
    assertThat(numbers(list)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aQueueThatMovesOnKeepsItsOrder() {
    NumberList list = new NumberList();
    for (long number = 1; number <= 10_000; number++) {
      list.add(number);
      if (number > 5) {
        assertThat(list.remove(number - 5)).isTrue();
      }
    }
    assertThat(numbers(list)).containsExactly(9_996L, 9_997L, 9_998L, 9_999L, 10_000L);
  }

  @Test
  void aLongListThatShrinksStaysWhole() {
    NumberList list = new NumberList();
    for (long number = 1; number <= 10_000; number++) {
      list.add(number);
    }
    assertThat(list.removeUpTo(9_990)).isEqualTo(9_990);
    assertThat(list.first()).isEqualTo(9_991);
    list.add(9_000);
    assertThat(list.first()).isEqualTo(9_000);
    assertThat(list.size()).isEqualTo(11);
  }

  @Property(tries = 100)
  void behavesLikeASortedSet(@ForAll long seed) {
    Random random = new Random(seed);
    NumberList list = new NumberList();
    TreeSet<Long> set = new TreeSet<>();
    long next = 1;
    int most = 1 + random.nextInt(200);
    for (int step = 0; step < 300; step++) {
      int choice = random.nextInt(10);
      if (choice < 5 && set.size() < most) {
        next += 1 + random.nextInt(3);
        list.add(next);
        set.add(next);
      } else if (choice < 7) {
        long number = 1 + random.nextLong(next);
        list.add(number);
        set.add(number);
      } else if (choice < 9) {
        long number = random.nextBoolean() && !set.isEmpty() ? set.first() : random.nextLong(next);
        assertThat(list.remove(number)).isEqualTo(set.remove(number));
      } else if (random.nextInt(5) == 0) {
        long number = random.nextLong(next + 1);
        int before = set.size();
        set.headSet(number, true).clear();
        assertThat(list.removeUpTo(number)).isEqualTo(before - set.size());
      }
      check(list, set, random.nextLong(next + 2));
    }
  }

  private static void check(NumberList list, SortedSet<Long> set, long number) {
    assertThat(list.size()).isEqualTo(set.size());
    assertThat(list.isEmpty()).isEqualTo(set.isEmpty());
    assertThat(list.first()).isEqualTo(set.isEmpty() ? Long.MAX_VALUE : set.first());
    assertThat(list.below(number)).isEqualTo(set.headSet(number).size());
    assertThat(list.contains(number)).isEqualTo(set.contains(number));
    assertThat(numbers(list)).containsExactlyElementsOf(set);
    assertThat(numbers(NumberList.of(list.image()))).containsExactlyElementsOf(set);
  }

  private static NumberList listOf(long... numbers) {
    NumberList list = new NumberList();
    for (long number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static List<Long> numbers(NumberList list) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      numbers.add(list.get(i));
    }
    return numbers;
  }
}

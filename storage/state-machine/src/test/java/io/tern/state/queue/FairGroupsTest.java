package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Tenants of a standard queue: who comes first, and that nobody is forgotten or kept too long. */
class FairGroupsTest {

  @Test
  void quietGroupsComeByTheirOldestMessages() {
    FairGroups groups = new FairGroups();
    groups.show("a", 1);
    groups.show("b", 2);
    groups.show("a", 3);
    assertThat(numbers(groups.candidates(0, 10, List.of(new Candidate(4, "")), 0, 0)))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(numbers(groups.candidates(1, 2, List.of(), 0, 0))).containsExactly(2L, 3L);
  }

  @Test
  void aNoisyGroupComesAfterQuietOnesAndIsNotForgotten() {
    FairGroups groups = new FairGroups();
    fly(groups, "noisy", Limits.FAIR_LEAST_IN_FLIGHT);
    groups.show("noisy", 100);
    groups.show("quiet", 101);
    assertThat(numbers(groups.candidates(0, 10, List.of(new Candidate(102, "")), 30, 0)))
        .containsExactly(101L, 102L, 100L);
  }

  @Test
  void aTenthIsNotMoreThanATenth() {
    FairGroups groups = new FairGroups();
    fly(groups, "big", Limits.FAIR_LEAST_IN_FLIGHT);
    groups.show("big", 100);
    groups.show("small", 101);
    assertThat(numbers(groups.candidates(0, 10, List.of(), 300, 0))).containsExactly(100L, 101L);
    assertThat(numbers(groups.candidates(0, 10, List.of(), 299, 0))).containsExactly(101L, 100L);
  }

  @Test
  void ofNoisyGroupsTheOneWithTheFewestInFlightComesFirst() {
    FairGroups groups = new FairGroups();
    fly(groups, "a", 40);
    fly(groups, "b", 30);
    groups.show("a", 100);
    groups.show("b", 101);
    assertThat(numbers(groups.candidates(0, 10, List.of(), 70, 0))).containsExactly(101L, 100L);
  }

  @Test
  void aDrainedGroupIsForgotten() {
    FairGroups groups = new FairGroups();
    groups.show("a", 1);
    groups.unshow("a", 1);
    groups.tookOff("a");
    groups.landed("a", 10, 10);
    assertThat(groups.isEmpty()).isTrue();
  }

  @Test
  void aGroupWhoseLastVisibleMessageLeavesIsForgotten() {
    FairGroups groups = new FairGroups();
    groups.show("a", 1);
    groups.unshow("a", 1);
    groups.left("a");
    groups.show("b", 2);
    groups.remove(2);
    groups.remove(3);
    assertThat(groups.isEmpty()).isTrue();
    assertThat(groups.visible()).isZero();
  }

  @Test
  void consumerTimeFades() {
    FairGroups groups = new FairGroups();
    groups.show("slow", 1);
    groups.show("slow", 2);
    groups.unshow("slow", 1);
    groups.tookOff("slow");
    groups.landed("slow", Limits.FAIR_LEAST_USED_MILLIS, 0);
    groups.show("quick", 3);
    assertThat(numbers(groups.candidates(0, 10, List.of(), 0, 0))).containsExactly(3L, 2L);
    assertThat(numbers(groups.candidates(0, 10, List.of(), 0, 2 * Limits.FAIR_SLICE_MILLIS)))
        .containsExactly(2L, 3L);
  }

  @Property(tries = 200)
  void everyVisibleMessageIsACandidateOnce(@ForAll long seed) {
    Random random = new Random(seed);
    FairGroups groups = new FairGroups();
    TreeMap<Long, String> visible = new TreeMap<>();
    Map<String, Integer> inFlight = new HashMap<>();
    long now = 0;
    for (long number = 1; number <= 300; number++) {
      String name = "g" + random.nextInt(6);
      now += random.nextInt(1_000);
      int choice = random.nextInt(10);
      if (choice < 5 || visible.isEmpty()) {
        groups.show(name, number);
        visible.put(number, name);
      } else if (choice < 8) {
        Map.Entry<Long, String> taken = visible.firstEntry();
        visible.remove(taken.getKey());
        groups.unshow(taken.getValue(), taken.getKey());
        groups.tookOff(taken.getValue());
        inFlight.merge(taken.getValue(), 1, Integer::sum);
      } else if (choice == 8) {
        if (inFlight.getOrDefault(name, 0) > 0) {
          inFlight.merge(name, -1, Integer::sum);
          groups.landed(name, random.nextInt(100_000), now);
        }
      } else {
        long upTo = visible.firstKey() + random.nextInt(3);
        visible.headMap(upTo, true).clear();
        groups.removeUpTo(upTo);
      }
      check(groups, visible, inFlight, now);
    }
  }

  private static void check(
      FairGroups groups, SortedMap<Long, String> visible, Map<String, Integer> inFlight, long now) {
    int flying = inFlight.values().stream().mapToInt(Integer::intValue).sum();
    List<Candidate> found = groups.candidates(0, 1_000, List.of(), flying, now);
    TreeMap<Long, String> told = new TreeMap<>();
    found.forEach(candidate -> told.put(candidate.number(), candidate.group()));
    assertThat(found).hasSize(visible.size());
    assertThat(told).isEqualTo(visible);
    assertThat(groups.visible()).isEqualTo(visible.size());
    assertThat(groups.first()).isEqualTo(visible.isEmpty() ? Long.MAX_VALUE : visible.firstKey());
    FairGroups copy = new FairGroups();
    copy.load(groups.image());
    inFlight.forEach((name, count) -> {
      for (int i = 0; i < count; i++) {
        copy.tookOff(name);
      }
    });
    assertThat(copy.image()).isEqualTo(groups.image());
    assertThat(copy.candidates(0, 1_000, List.of(), flying, now)).isEqualTo(found);
  }

  private static void fly(FairGroups groups, String name, int count) {
    for (int i = 0; i < count; i++) {
      groups.tookOff(name);
    }
  }

  private static List<Long> numbers(List<Candidate> candidates) {
    List<Long> numbers = new ArrayList<>();
    candidates.forEach(candidate -> numbers.add(candidate.number()));
    return numbers;
  }
}

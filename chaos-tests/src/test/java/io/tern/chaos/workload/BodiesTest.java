package io.tern.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bodies are unique and as long as asked for. */
class BodiesTest {
  private static final int CHARACTERS = '~' - '!' + 1;

  @Test
  void lengthIsKeptUpToOneCharacter() {
    for (int bytes : List.of(100, 2_000, 65_536)) {
      String body = Bodies.create("w-send-0:1", "q", bytes, new Random(bytes));
      assertThat(body).startsWith("w-send-0:1:q:");
      assertThat(Bodies.bytes(body)).isBetween(bytes - 3, bytes);
    }
  }

  @Test
  void shortestBodiesAreUniqueAndBeginWithOneByte() {
    Bodies.Shortest shortest = new Bodies.Shortest();
    Set<String> seen = new HashSet<>();
    for (int i = 1; i <= CHARACTERS + CHARACTERS * CHARACTERS; i++) {
      String body = shortest.next();
      assertThat(seen.add(body)).as(body).isTrue();
      assertThat(Bodies.bytes(body)).isEqualTo(i <= CHARACTERS ? 1 : 2);
    }
  }
}

package io.tern.command.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.command.output.CommandFailure;
import io.tern.command.values.CommandLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is a message when people pipe lines or ask for copies. */
class BodiesTest {
  @Test
  void everyLineIsAMessageAndEmptyOnesAreNone() throws IOException {
    assertThat(all(lines("a\n\nb \r\nlast, \u00E9"))).containsExactly("a", "b ", "last, \u00E9");
    assertThat(all(lines(""))).isEmpty();
  }

  @Test
  void aLineLargerThanAnyMessageIsRefusedBeforeItIsRead() {
    Bodies bodies = lines("x".repeat(CommandLimits.BODY_BYTES + 1));
    assertThatThrownBy(bodies::next).isInstanceOf(CommandFailure.class);
  }

  @Test
  void copiesAreCounted() throws IOException {
    Bodies copies = Bodies.copies("a", 3);
    assertThat(copies.count()).isEqualTo(3);
    assertThat(all(copies)).containsExactly("a", "a", "a");
  }

  private static Bodies lines(String text) {
    return Bodies.lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> all(Bodies bodies) throws IOException {
    List<String> all = new ArrayList<>();
    for (String body = bodies.next(); body != null; body = bodies.next()) {
      all.add(body);
    }
    return all;
  }
}

package io.tern.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** How one call of the command ended and what it printed. Made by {@link Tern}. */
record Outcome(int exit, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** It ended well and had nothing to complain about. */
  Outcome done() {
    assertThat(exit).as(out + err).isZero();
    assertThat(err).isEmpty();
    return this;
  }

  /** It ended so, with one line on the error stream and nothing else. */
  Outcome failed(int code, String line) {
    assertThat(exit).as(out + err).isEqualTo(code);
    assertThat(err.lines()).as(err).singleElement().isEqualTo("tern: " + line);
    return this;
  }

  /** What it printed is one document. */
  JsonNode json() {
    done();
    try {
      return JSON.readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError(out, e);
    }
  }

  /** The words of each line. */
  List<List<String>> words() {
    return out.lines().map(line -> List.of(line.strip().split(" +", -1))).toList();
  }
}

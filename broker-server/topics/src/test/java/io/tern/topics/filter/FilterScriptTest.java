package io.tern.topics.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the scripts of {@code src/test/scripts/filter}; the one named reading says how to read. */
class FilterScriptTest {

  private static final Path SCRIPTS = Path.of("src", "test", "scripts", "filter");

  /** A policy in its scopes, and what is said of it: a word and the rest of the line. */
  private record Case(int line, List<FilterScope> scopes, String policy, List<Said> said) {}

  private record Said(int line, String word, String rest) {}

  @TestFactory
  Stream<DynamicNode> scripts() throws IOException {
    try (Stream<Path> found = Files.list(SCRIPTS)) {
      List<Path> files = found.sorted().toList();
      assertThat(files).isNotEmpty();
      return files.stream().map(FilterScriptTest::container);
    }
  }

  private static DynamicNode container(Path file) {
    Stream<DynamicTest> tests =
        cases(file).stream()
            .map(one ->
                DynamicTest.dynamicTest(
                    "line " + one.line() + ": " + one.policy(), () -> check(one)));
    return DynamicContainer.dynamicContainer(String.valueOf(file.getFileName()), tests);
  }

  private static List<Case> cases(Path file) {
    List<Case> cases = new ArrayList<>();
    List<FilterScope> scopes = List.of();
    List<String> lines;
    try {
      lines = Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int space = line.indexOf(' ');
      String word = space < 0 ? line : line.substring(0, space);
      String rest = space < 0 ? "" : line.substring(space).strip();
      switch (word) {
        case "both" -> scopes = List.of(FilterScope.values());
        case "body" -> scopes = List.of(FilterScope.MESSAGE_BODY);
        case "attributes" -> scopes = List.of(FilterScope.MESSAGE_ATTRIBUTES);
        case "policy" -> cases.add(new Case(number, scopes, rest, new ArrayList<>()));
        default -> cases.getLast().said().add(new Said(number, word, rest));
      }
    }
    return cases;
  }

  private static void check(Case one) {
    assertThat(one.scopes()).isNotEmpty();
    assertThat(one.said()).as("what is said").isNotEmpty();
    for (FilterScope scope : one.scopes()) {
      ParsedPolicy parsed = FilterPolicy.parse(one.policy(), scope);
      for (Said said : one.said()) {
        check(one.policy(), scope, parsed, said);
      }
    }
  }

  private static void check(String text, FilterScope scope, ParsedPolicy parsed, Said said) {
    String description = "line " + said.line() + ", " + scope;
    switch (said.word()) {
      case "refused" ->
          assertThat(parsed)
              .as(description)
              .isInstanceOfSatisfying(
                  PolicyRefusal.Malformed.class,
                  refusal ->
                      assertThat(refusal.text().split("\n at \\[Source: ", 2)[0])
                          .isEqualTo(said.rest()));
      case "nested" -> assertThat(parsed).as(description).isEqualTo(new PolicyRefusal.Nested());
      case "shown" ->
          assertThat(Messages.policy(text, scope).text()).as(description).isEqualTo(said.rest());
      case "yes" -> compare(description, text, scope, said.rest(), true);
      case "no" -> compare(description, text, scope, said.rest(), false);
      default -> throw new IllegalArgumentException(description + ": " + said.word());
    }
  }

  private static void compare(
      String description, String text, FilterScope scope, String message, boolean expected) {
    TopicFilter filter = TopicFilter.of(Map.of(1L, Messages.policy(text, scope)));
    boolean matched =
        switch (scope) {
          case MESSAGE_ATTRIBUTES ->
              filter
                  .matchAttributes(Messages.attributes(Messages.tree(message)))
                  .subscriptions()
                  .contains(1L);
          case MESSAGE_BODY -> filter.matchBody(message).subscriptions().contains(1L);
        };
    assertThat(matched).as(description).isEqualTo(expected);
    if (isPlain(scope, message)) {
      JsonNode policy = Messages.tree(text);
      JsonNode tree = Messages.tree(message);
      assertThat(
              scope == FilterScope.MESSAGE_BODY
                  ? NaiveMatcher.matchesBody(policy, tree)
                  : NaiveMatcher.matchesAttributes(policy, tree))
          .as(description + ", naive")
          .isEqualTo(expected);
    }
  }

  /** Whether the plain reading knows such messages: not broken ones and not types of attributes. */
  private static boolean isPlain(FilterScope scope, String message) {
    return scope == FilterScope.MESSAGE_ATTRIBUTES
        ? !message.contains("\"type\"")
        : Messages.isObject(message);
  }
}

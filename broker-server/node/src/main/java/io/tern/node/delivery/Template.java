package io.tern.node.delivery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with placeholders such as {@code {to}}, each filled in as its surroundings demand. */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

  /** How a value is written where it stands. */
  enum Escape {
    JSON,
    FORM,
    URL,
    HEADER,
    NONE;

    String apply(String value) {
      return switch (this) {
        case JSON -> new String(JsonStringEncoder.getInstance().quoteAsString(value));
        case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
        case URL ->
            URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
        case HEADER -> value.replaceAll("[^ -~]", "?");
        case NONE -> value;
      };
    }
  }

  private final String text;

  /**
   * Takes the operator's text.
   *
   * @throws IllegalArgumentException if it has a placeholder that no delivery has a value for
   */
  Template(String text, Set<String> known) {
    this.text = text;
    PLACEHOLDER
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(unknown -> {
          throw new IllegalArgumentException(
              "'{" + unknown + "}' in '" + text + "' is none of " + known);
        });
  }

  String text() {
    return text;
  }

  /** The text with the values; one pass, so that a value's own braces mean nothing. */
  String fill(Map<String, String> values, Escape escape) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(escape.apply(values.getOrDefault(found.group(1), ""))));
  }
}

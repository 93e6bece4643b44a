package io.tern.state.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One command line of a script: words, and options of the form name=value. */
record Line(List<String> words, Map<String, String> options) {
  private static final Pattern TOKEN = Pattern.compile("\\w+='[^']*'|'[^']*'|\"[^\"]*\"|\\S+");
  private static final Pattern OPTION = Pattern.compile("(\\w+)=(.*)", Pattern.DOTALL);
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  static Line parse(String text) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      String token = tokens.group();
      Matcher option = OPTION.matcher(token);
      if (option.matches()) {
        options.put(option.group(1), unquote(option.group(2)));
      } else {
        words.add(unquote(token));
      }
    }
    return new Line(words, options);
  }

  String word(int index) {
    return words.get(index);
  }

  /** The name of the queue that a line such as "delete orders#1" is about. */
  String queueName() {
    return words.size() > 1 ? words.get(1).split("#", 2)[0] : "";
  }

  String text(String option, String otherwise) {
    return options.getOrDefault(option, otherwise);
  }

  /** Reads a,b,c. */
  List<String> list(String option) {
    String text = text(option, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  int number(String option, int otherwise) {
    return options.containsKey(option) ? Integer.parseInt(option(option)) : otherwise;
  }

  long millis(String option, long otherwise) {
    return options.containsKey(option) ? millis(option(option)) : otherwise;
  }

  /** The options whose names begin with a capital: attributes of queues. */
  TreeMap<String, String> attributes() {
    TreeMap<String, String> attributes = new TreeMap<>();
    options.forEach((name, value) -> {
      if (Character.isUpperCase(name.charAt(0))) {
        attributes.put(name, value);
      }
    });
    return attributes;
  }

  private String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("Option " + name + " is missing: " + this);
    }
    return value;
  }

  /** Reads 1m30s, 500ms, 4d. */
  static long millis(String text) {
    long millis = 0;
    Matcher parts = DURATION.matcher(text);
    int end = 0;
    while (parts.find()) {
      millis += Long.parseLong(parts.group(1)) * unit(parts.group(2));
      end = parts.end();
    }
    if (end != text.length() || text.isEmpty()) {
      throw new IllegalArgumentException("Not a duration: " + text);
    }
    return millis;
  }

  static String duration(long millis) {
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (String name : List.of("d", "h", "m", "s", "ms")) {
      long unit = unit(name);
      if (rest >= unit) {
        text.append(rest / unit).append(name);
        rest %= unit;
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String unquote(String token) {
    boolean quoted = token.length() >= 2 && (isWithin(token, "'") || isWithin(token, "\""));
    return quoted ? token.substring(1, token.length() - 1) : token;
  }

  private static boolean isWithin(String token, String quote) {
    return token.startsWith(quote) && token.endsWith(quote);
  }
}

package io.tern.command.values;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A duration as people type it: 30s, 5m, 12h, 4d, or plain seconds. For options of commands. */
public record Seconds(int count) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})([smhd]?)");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Seconds parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; write it as 30s, 5m, 12h, 4d or plain seconds");
    }
    long seconds =
        Long.parseLong(matcher.group(1))
            * switch (matcher.group(2)) {
              case "m" -> 60;
              case "h" -> 3_600;
              case "d" -> 86_400;
              default -> 1;
            };
    if (seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("\"" + text + "\" is too long a time");
    }
    return new Seconds((int) seconds);
  }

  /** As people write it: the largest unit that needs no fraction. */
  public static String written(long seconds) {
    if (seconds == 0) {
      return "0s";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** How the parser of command lines reads one. */
  public static final class Converter implements CommandLine.ITypeConverter<Seconds> {
    @Override
    public Seconds convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException mistake) {
        throw new CommandLine.TypeConversionException(String.valueOf(mistake.getMessage()));
      }
    }
  }
}

package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What tags of queues may be. */
final class TagChecks {
  private static final Pattern ALPHABET = Pattern.compile("[\\p{L}\\p{N}\\p{Z}\\s_.:/=+@-]*");
  private static final String RESERVED = "aws:";

  private TagChecks() {}

  /**
   * Checks tags that are to be added.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static void check(String queueName, Map<String, String> tags) {
    if (tags.size() > Limits.TAGS) {
      throw invalid("Too many tags added for queue " + queueName + ".");
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      checkKey(tag.getKey());
      if (!ALPHABET.matcher(tag.getKey()).matches()
          || !ALPHABET.matcher(tag.getValue()).matches()) {
        throw invalid(
            "Tag keys and values can only include letters, digits, whitespace and _ . : / = + -"
                + " @.");
      }
      if (tag.getKey().toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
        throw invalid("Tag keys that start with aws: are reserved.");
      }
      if (characters(tag.getValue()) > 2 * Limits.TAG_KEY_CHARACTERS) {
        throw invalid("Tag values must be between 0 and 256 characters in length.");
      }
    }
  }

  /**
   * Checks the length of a key, which is all that matters of one that is removed.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static void checkKey(String key) {
    if (key.isEmpty() || characters(key) > Limits.TAG_KEY_CHARACTERS) {
      throw badKey();
    }
  }

  static TernException badKey() {
    return invalid("Tag keys must be between 1 and 128 characters in length.");
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static TernException invalid(String text) {
    return new TernException(ErrorCode.INVALID_PARAMETER_VALUE, text);
  }
}

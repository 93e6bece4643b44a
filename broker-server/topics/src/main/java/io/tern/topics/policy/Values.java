package io.tern.topics.policy;

import java.util.List;
import java.util.Locale;

/** Attribute values of which there are only a few. */
final class Values {
  private Values() {}

  /** True or false in any case, stored in lower case. */
  static Checked<String> flag(AttributeCall call, String name, String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false")
        ? Checked.good(lower)
        : bad(call, name, value, "Must be true or false.");
  }

  /** One of two texts; nothing at all goes back to the default. */
  static Checked<String> oneOf(AttributeCall call, String name, String value, List<String> known) {
    return value.isEmpty() || known.contains(value)
        ? Checked.good(value)
        : bad(call, name, value, "Must be " + String.join(" or ", known) + ".");
  }

  static Checked<String> bad(AttributeCall call, String name, String value, String must) {
    return Checked.bad(call.refuse(name + ": Invalid value [" + value + "]. " + must));
  }
}

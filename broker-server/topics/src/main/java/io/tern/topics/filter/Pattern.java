package io.tern.topics.filter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One alternative of a key of a filter policy, tested on a value that is there. */
sealed interface Pattern {

  boolean matches(Value value);

  record Equal(Value expected) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return expected.equals(value);
    }
  }

  /** A text that is an address is equal to every other spelling of the address. */
  record SameAddress(List<Byte> address) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String text)
          && Addresses.parse(text).map(address::equals).orElse(false);
    }
  }

  record Prefix(String text) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String other) && other.startsWith(text);
    }
  }

  record Suffix(String text) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String other) && other.endsWith(text);
    }
  }

  /** Its text is folded. */
  record FoldedEqual(String text) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String other) && CaseFolding.fold(other).equals(text);
    }
  }

  /** Its text is folded. */
  record FoldedPrefix(String text) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String other) && CaseFolding.fold(other).startsWith(text);
    }
  }

  /** Its text is folded. */
  record FoldedSuffix(String text) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String other) && CaseFolding.fold(other).endsWith(text);
    }
  }

  /** The texts between the wildcards, which stand in this order; at least two. */
  record Wildcard(List<String> parts) implements Pattern {
    @Override
    public boolean matches(Value value) {
      if (!(value instanceof Value.Text(String text))
          || !text.startsWith(parts.getFirst())
          || !text.endsWith(parts.getLast())) {
        return false;
      }
      int from = parts.getFirst().length();
      for (String part : parts.subList(1, parts.size() - 1)) {
        int found = text.indexOf(part, from);
        if (found < 0) {
          return false;
        }
        from = found + part.length();
      }
      return from <= text.length() - parts.getLast().length();
    }
  }

  /** Numbers between two bounds, of which one may be missing. */
  record Range(
      @Nullable BigDecimal bottom, boolean openBottom, @Nullable BigDecimal top, boolean openTop)
      implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Numeric(BigDecimal number)
          && (bottom == null || isAbove(number, bottom, openBottom))
          && (top == null || isAbove(top, number, openTop));
    }

    private static boolean isAbove(BigDecimal high, BigDecimal low, boolean strictly) {
      int order = high.compareTo(low);
      return strictly ? order > 0 : order >= 0;
    }
  }

  /** Addresses of the same length whose first bits are the same. */
  record Network(List<Byte> address, int bits) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return value instanceof Value.Text(String text)
          && Addresses.parse(text).map(this::contains).orElse(false);
    }

    private boolean contains(List<Byte> other) {
      if (other.size() != address.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += Byte.SIZE) {
        int compared = 0xff & (0xff << Math.max(0, Byte.SIZE - (bits - bit)));
        int at = bit / Byte.SIZE;
        if (((other.get(at) ^ address.get(at)) & compared) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  record Present() implements Pattern {
    @Override
    public boolean matches(Value value) {
      return true;
    }
  }

  record NoneEqual(Set<Value> excluded) implements Pattern {
    @Override
    public boolean matches(Value value) {
      return !excluded.contains(value);
    }
  }

  record NoneOf(List<Pattern> excluded) implements Pattern {
    @Override
    public boolean matches(Value value) {
      for (Pattern pattern : excluded) {
        if (pattern.matches(value)) {
          return false;
        }
      }
      return true;
    }
  }
}

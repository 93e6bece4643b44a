package io.tern.topics.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the alternatives of one key of a valid filter policy into a test; for RuleReader. */
final class PatternReader {

  private PatternReader() {}

  static FieldTest read(String path, Json.Elements alternatives) throws PolicyException {
    List<Pattern> patterns = new ArrayList<>();
    boolean absent = false;
    for (Json alternative : alternatives.inOrder()) {
      if (isAbsence(alternative)) {
        absent = true;
      } else {
        patterns.add(pattern(alternative));
      }
    }
    return new FieldTest(path, List.copyOf(patterns), absent);
  }

  private static boolean isAbsence(Json alternative) {
    return alternative instanceof Json.Members(Map<String, Json> byName)
        && new Json.Literal("false").equals(byName.get("exists"));
  }

  private static Pattern pattern(Json alternative) throws PolicyException {
    return switch (alternative) {
      case Json.Members(Map<String, Json> byName) -> {
        Map.Entry<String, Json> only = byName.entrySet().iterator().next();
        yield operator(only.getKey(), only.getValue());
      }
      case Json.Text(String text) ->
          Addresses.parse(text)
              .<Pattern>map(Pattern.SameAddress::new)
              .orElseGet(() -> new Pattern.Equal(new Value.Text(text)));
      case Json.Numeral _, Json.Literal _ -> new Pattern.Equal(valueOf(alternative));
      case Json.Elements _ ->
          throw new PolicyException("Match value must be String, number, true, false, or null");
    };
  }

  private static Pattern operator(String name, Json operand) throws PolicyException {
    return switch (name) {
      case "exactly" -> new Pattern.Equal(valueOf(operand));
      case "prefix", "suffix", "equals-ignore-case", "wildcard" -> ofText(name, operand);
      case "numeric" -> NumericReader.read(operand);
      case "anything-but" -> anythingBut(operand);
      case "exists" -> new Pattern.Present();
      case "cidr" -> network(text(operand));
      default -> throw new PolicyException("Unrecognized match type " + name);
    };
  }

  private static Pattern ofText(String name, Json operand) throws PolicyException {
    if (operand instanceof Json.Members(Map<String, Json> byName)) {
      String folded = CaseFolding.fold(text(byName.values().iterator().next()));
      return name.equals("prefix")
          ? new Pattern.FoldedPrefix(folded)
          : new Pattern.FoldedSuffix(folded);
    }
    String text = text(operand);
    return switch (name) {
      case "prefix" -> new Pattern.Prefix(text);
      case "suffix" -> new Pattern.Suffix(text);
      case "equals-ignore-case" -> new Pattern.FoldedEqual(CaseFolding.fold(text));
      case "wildcard" -> wildcard(text);
      default -> throw new PolicyException("Unrecognized match type " + name);
    };
  }

  private static Pattern anythingBut(Json operand) throws PolicyException {
    if (operand instanceof Json.Members(Map<String, Json> byName)) {
      Map.Entry<String, Json> only = byName.entrySet().iterator().next();
      List<Pattern> excluded = new ArrayList<>();
      for (Json value : listOf(only.getValue())) {
        excluded.add(ofText(only.getKey(), value));
      }
      return new Pattern.NoneOf(List.copyOf(excluded));
    }
    Set<Value> excluded = new LinkedHashSet<>();
    for (Json value : listOf(operand)) {
      excluded.add(valueOf(value));
    }
    return new Pattern.NoneEqual(excluded);
  }

  private static List<Json> listOf(Json operand) {
    return operand instanceof Json.Elements(List<Json> inOrder) ? inOrder : List.of(operand);
  }

  private static Pattern network(String cidr) throws PolicyException {
    int slash = cidr.indexOf('/');
    Optional<List<Byte>> address =
        slash < 0 ? Optional.empty() : Addresses.parse(cidr.substring(0, slash));
    if (address.isEmpty()) {
      throw new PolicyException("Nonstandard IP address: " + cidr);
    }
    return new Pattern.Network(address.get(), Integer.parseInt(cidr.substring(slash + 1)));
  }

  /** A backslash makes a wildcard or a backslash an ordinary character. */
  private static Pattern wildcard(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        if (c == '\\' && i + 1 < text.length()) {
          i++;
        }
        part.append(text.charAt(i));
      }
    }
    parts.add(part.toString());
    return parts.size() == 1
        ? new Pattern.Equal(new Value.Text(parts.getFirst()))
        : new Pattern.Wildcard(List.copyOf(parts));
  }

  private static String text(Json operand) throws PolicyException {
    if (operand instanceof Json.Text(String text)) {
      return text;
    }
    throw new PolicyException("match pattern must be a string");
  }

  private static Value valueOf(Json operand) throws PolicyException {
    return switch (operand) {
      case Json.Text(String text) -> new Value.Text(text);
      case Json.Numeral(String text) -> Value.number(text);
      case Json.Literal(String text) -> new Value.Literal(text);
      case Json.Members _, Json.Elements _ ->
          throw new PolicyException("Match value must be String, number, true, false, or null");
    };
  }

  /** Reads the comparisons of the operator numeric. */
  private static final class NumericReader {

    private NumericReader() {}

    static Pattern read(Json operand) throws PolicyException {
      List<Json> terms = listOf(operand);
      BigDecimal first = number(terms.get(1));
      return switch (text(terms.getFirst())) {
        case "=" -> new Pattern.Equal(new Value.Numeric(first));
        case "<" -> new Pattern.Range(null, false, first, true);
        case "<=" -> new Pattern.Range(null, false, first, false);
        case ">" -> above(first, true, terms);
        case ">=" -> above(first, false, terms);
        default -> throw new PolicyException("Unrecognized numeric range operator");
      };
    }

    private static Pattern above(BigDecimal bottom, boolean open, List<Json> terms)
        throws PolicyException {
      if (terms.size() == 2) {
        return new Pattern.Range(bottom, open, null, false);
      }
      BigDecimal top = number(terms.get(3));
      if (bottom.compareTo(top) >= 0) {
        throw new PolicyException("Bottom must be less than top");
      }
      return new Pattern.Range(bottom, open, top, text(terms.get(2)).equals("<"));
    }

    private static BigDecimal number(Json term) throws PolicyException {
      if (valueOf(term) instanceof Value.Numeric(BigDecimal number)) {
        return number;
      }
      throw new PolicyException("Value must be numeric");
    }
  }
}

package io.tern.topics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Matches one policy and one message as the rules are written down, without regard to cost and
 * without anything of the real matcher: it tries every choice of values. Tests compare with it.
 */
final class NaiveMatcher {

  /** A value at a path, and which element of each array it stands in. */
  private record Leaf(String path, JsonNode value, Map<Integer, Integer> elements) {}

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  private final List<Leaf> leaves = new ArrayList<>();
  private int arrays;

  private NaiveMatcher() {}

  static boolean matchesBody(JsonNode policy, JsonNode body) {
    if (policy.isEmpty()) {
      return true;
    }
    if (!body.isObject()) {
      return false;
    }
    NaiveMatcher matcher = new NaiveMatcher();
    matcher.members("", body, Map.of());
    return matcher.matches(policy);
  }

  /** The attributes as an object of texts, numbers and arrays. */
  static boolean matchesAttributes(JsonNode policy, JsonNode attributes) {
    NaiveMatcher matcher = new NaiveMatcher();
    attributes
        .properties()
        .forEach(attribute -> matcher.flat(attribute.getKey(), attribute.getValue()));
    return policy.isEmpty() || matcher.matches(policy);
  }

  private void flat(String path, JsonNode value) {
    if (value.isArray()) {
      value.forEach(element -> flat(path, element));
    } else if (!value.isObject()) {
      leaves.add(new Leaf(path, value, Map.of()));
    }
  }

  private void members(String prefix, JsonNode object, Map<Integer, Integer> elements) {
    object
        .properties()
        .forEach(member -> collect(prefix + member.getKey(), member.getValue(), elements));
  }

  private void collect(String path, JsonNode node, Map<Integer, Integer> elements) {
    if (node.isObject()) {
      members(path + ".", node, elements);
    } else if (node.isArray()) {
      int array = arrays++;
      for (int i = 0; i < node.size(); i++) {
        Map<Integer, Integer> inner = new HashMap<>(elements);
        if (node.get(i).isContainerNode()) {
          inner.put(array, i);
        }
        collect(path, node.get(i), inner);
      }
    } else {
      leaves.add(new Leaf(path, node, elements));
    }
  }

  private boolean matches(JsonNode policy) {
    for (Map<String, JsonNode> branch : branches("", policy)) {
      if (holds(new ArrayList<>(branch.entrySet()), 0, Map.of())) {
        return true;
      }
    }
    return false;
  }

  /** Every way through the alternatives of $or; of the same path the later test counts. */
  private static List<Map<String, JsonNode>> branches(String prefix, JsonNode policy) {
    List<Map<String, JsonNode>> result = new ArrayList<>();
    result.add(new TreeMap<>());
    for (Map.Entry<String, JsonNode> member : policy.properties()) {
      String path = prefix + member.getKey();
      List<Map<String, JsonNode>> additions = new ArrayList<>();
      if (member.getKey().equals("$or")) {
        member.getValue().forEach(branch -> additions.addAll(branches(prefix, branch)));
      } else if (member.getValue().isObject()) {
        additions.addAll(branches(path + ".", member.getValue()));
      } else {
        Map<String, JsonNode> one = new TreeMap<>();
        one.put(path, member.getValue());
        additions.add(one);
      }
      List<Map<String, JsonNode>> extended = new ArrayList<>();
      for (Map<String, JsonNode> addition : additions) {
        for (Map<String, JsonNode> before : result) {
          Map<String, JsonNode> both = new TreeMap<>(before);
          both.putAll(addition);
          extended.add(both);
        }
      }
      result = extended;
    }
    return result;
  }

  private boolean holds(
      List<Map.Entry<String, JsonNode>> tests, int next, Map<Integer, Integer> chosen) {
    if (next == tests.size()) {
      return true;
    }
    String path = tests.get(next).getKey();
    boolean there = false;
    for (Leaf leaf : leaves) {
      if (!leaf.path().equals(path) || !agree(leaf.elements(), chosen)) {
        continue;
      }
      there = true;
      Map<Integer, Integer> both = new HashMap<>(chosen);
      both.putAll(leaf.elements());
      if (isOneOf(tests.get(next).getValue(), leaf.value()) && holds(tests, next + 1, both)) {
        return true;
      }
    }
    return !there && allowsAbsence(tests.get(next).getValue()) && holds(tests, next + 1, chosen);
  }

  private static boolean agree(Map<Integer, Integer> some, Map<Integer, Integer> others) {
    return some.entrySet().stream()
        .allMatch(e -> e.getValue().equals(others.getOrDefault(e.getKey(), e.getValue())));
  }

  private static boolean allowsAbsence(JsonNode alternatives) {
    for (JsonNode alternative : alternatives) {
      if (alternative.isObject()
          && alternative.has("exists")
          && !alternative.get("exists").booleanValue()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(JsonNode alternatives, JsonNode value) {
    for (JsonNode alternative : alternatives) {
      if (alternative.isObject()
          ? satisfies(alternative.properties().iterator().next(), value)
          : equal(alternative, value) || sameAddress(alternative, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean satisfies(Map.Entry<String, JsonNode> operator, JsonNode value) {
    JsonNode operand = operator.getValue();
    return switch (operator.getKey()) {
      case "exists" -> operand.booleanValue();
      case "numeric" -> value.isNumber() && inRange(operand, rounded(value));
      case "cidr" -> value.isTextual() && inNetwork(operand.textValue(), value.textValue());
      case "anything-but" -> anythingBut(operand, value);
      case "exactly" -> equal(operand, value);
      default -> value.isTextual() && likeText(operator.getKey(), operand, value.textValue());
    };
  }

  private static boolean anythingBut(JsonNode operand, JsonNode value) {
    if (operand.isObject()) {
      Map.Entry<String, JsonNode> inner = operand.properties().iterator().next();
      List<JsonNode> patterns = new ArrayList<>();
      if (inner.getValue().isArray()) {
        inner.getValue().forEach(patterns::add);
      } else {
        patterns.add(inner.getValue());
      }
      return patterns.stream()
          .noneMatch(p -> value.isTextual() && likeText(inner.getKey(), p, value.textValue()));
    }
    if (operand.isArray()) {
      for (JsonNode excluded : operand) {
        if (equal(excluded, value)) {
          return false;
        }
      }
      return true;
    }
    return !equal(operand, value);
  }

  private static boolean likeText(String operator, JsonNode operand, String text) {
    if (operand.isObject()) {
      String wanted = operand.get("equals-ignore-case").textValue();
      int length = wanted.length();
      if (text.length() < length) {
        return false;
      }
      String part =
          operator.equals("prefix")
              ? text.substring(0, length)
              : text.substring(text.length() - length);
      return part.equalsIgnoreCase(wanted);
    }
    String wanted = operand.textValue();
    return switch (operator) {
      case "prefix" -> text.startsWith(wanted);
      case "suffix" -> text.endsWith(wanted);
      case "equals-ignore-case" -> text.equalsIgnoreCase(wanted);
      case "wildcard" -> Pattern.compile(regex(wanted), Pattern.DOTALL).matcher(text).matches();
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static String regex(String wildcard) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wildcard.length(); i++) {
      char c = wildcard.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else {
        if (c == '\\') {
          i++;
        }
        regex.append(Pattern.quote(String.valueOf(wildcard.charAt(i))));
      }
    }
    return regex.toString();
  }

  private static boolean equal(JsonNode wanted, JsonNode value) {
    if (wanted.isNumber() && value.isNumber()) {
      return rounded(wanted).compareTo(rounded(value)) == 0;
    }
    return wanted.getNodeType() == value.getNodeType() && wanted.asText().equals(value.asText());
  }

  private static BigDecimal rounded(JsonNode number) {
    return number.decimalValue().setScale(5, RoundingMode.HALF_UP);
  }

  private static boolean inRange(JsonNode terms, BigDecimal value) {
    for (int i = 0; i < terms.size(); i += 2) {
      int order = value.compareTo(rounded(terms.get(i + 1)));
      boolean holds =
          switch (terms.get(i).textValue()) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(terms.toString());
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameAddress(JsonNode wanted, JsonNode value) {
    return wanted.isTextual()
        && value.isTextual()
        && !bits(wanted.textValue()).isEmpty()
        && bits(wanted.textValue()).equals(bits(value.textValue()));
  }

  private static boolean inNetwork(String cidr, String text) {
    String address = bits(cidr.substring(0, cidr.indexOf('/')));
    int length = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    String other = bits(text);
    return other.length() == address.length()
        && other.substring(0, length).equals(address.substring(0, length));
  }

  /** The address in ones and zeros, or nothing. */
  private static String bits(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return "";
    }
    try {
      StringBuilder bits = new StringBuilder();
      for (byte part : InetAddress.ofLiteral(text).getAddress()) {
        bits.append(Integer.toBinaryString(0x100 | (part & 0xff)).substring(1));
      }
      return bits.toString();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}

package io.tern.topics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes policies and messages at random from few names and few values, so that they meet often; the
 * same seed makes the same ones.
 */
final class RandomFilters {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> TEXTS =
      List.of(
          "x",
          "X",
          "y",
          "xy",
          "yx",
          "xyx",
          "",
          "x*y",
          "x\\y",
          "Ü",
          "ü",
          "1",
          "true",
          "null",
          "10.0.0.1",
          "10.0.0.200",
          "10.1.0.1",
          "::1",
          "0:0:0:0:0:0:0:1",
          "999.1.1.1",
          "12:30");
  private static final List<String> PLAIN_NUMBERS =
      List.of("0", "1", "-1", "2", "2.0", "1.5", "2e0", "15e-1", "-0", "1e3", "5000000001");
  private static final List<String> FINE_NUMBERS =
      List.of(
          "1.123456",
          "1.1234567",
          "1.12345",
          "1.12346",
          "1.123455",
          "-1.123455",
          "0.000005",
          "-1.123459",
          "-1.12345",
          "0.000001",
          "-0.000009",
          "0.00001",
          "1e-7",
          "1.5000001");
  private static final List<String> WILDCARDS =
      List.of("*", "x*", "*x", "x*x", "*y*", "x*y*x", "x\\*y", "x\\\\*", "X", "*.0.*.1");
  private static final List<String> NETWORKS =
      List.of("10.0.0.0/24", "10.0.0.0/25", "10.0.0.1/31", "10.0.0.0/8", "0.0.0.0/0", "::/64");

  /** Where event-ruler does not take numbers for addresses. */
  private static final List<String> LONG_NETWORKS = NETWORKS.subList(0, 3);

  private final Random random;
  private final boolean simple;

  private RandomFilters(long seed, boolean simple) {
    this.random = new Random(seed);
    this.simple = simple;
  }

  static RandomFilters all(long seed) {
    return new RandomFilters(seed, false);
  }

  /** One alternative for each key and no $or: with more, event-ruler gives wrong answers. */
  static RandomFilters simple(long seed) {
    return new RandomFilters(seed, true);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean isOnce(int in) {
    return random.nextInt(in) == 0;
  }

  private JsonNode text() {
    return NODES.textNode(one(TEXTS));
  }

  private JsonNode number() {
    return DecimalNode.valueOf(
        new BigDecimal(one(!simple && isOnce(2) ? FINE_NUMBERS : PLAIN_NUMBERS)));
  }

  private JsonNode scalar() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> text();
      case 4, 5 -> number();
      case 6 -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.nullNode();
    };
  }

  private ArrayNode list(int most, Supplier<JsonNode> element) {
    ArrayNode list = NODES.arrayNode();
    int size = 1 + random.nextInt(most);
    for (int i = 0; i < size; i++) {
      list.add(element.get());
    }
    return list;
  }

  ObjectNode policy(FilterScope scope) {
    ObjectNode policy = NODES.objectNode();
    if (!isOnce(50)) {
      fill(policy, scope == FilterScope.MESSAGE_BODY ? 2 : 0, 2);
    }
    return policy;
  }

  private void fill(ObjectNode policy, int depth, int ors) {
    int keys = 1 + random.nextInt(isOnce(3) ? 3 : 2);
    for (int i = 0; i < keys; i++) {
      if (!simple && ors > 0 && isOnce(6)) {
        policy.set("$or", branches(depth, ors - 1));
      } else if (depth > 0 && isOnce(3)) {
        ObjectNode nested = NODES.objectNode();
        fill(nested, depth - 1, ors);
        policy.set(name(), nested);
      } else {
        policy.set(name(), list(!simple && isOnce(3) ? 3 : 1, this::alternative));
      }
    }
  }

  private ArrayNode branches(int depth, int ors) {
    ArrayNode branches = NODES.arrayNode();
    int size = 2 + random.nextInt(2);
    for (int i = 0; i < size; i++) {
      ObjectNode branch = NODES.objectNode();
      fill(branch, depth, ors);
      branches.add(branch);
    }
    return branches;
  }

  private String name() {
    return isOnce(8) ? one(NAMES) + "." + one(NAMES) : one(NAMES);
  }

  private JsonNode alternative() {
    return switch (random.nextInt(12)) {
      case 0 -> of("prefix", isOnce(3) ? of("equals-ignore-case", text()) : text());
      case 1 -> of("suffix", isOnce(3) ? of("equals-ignore-case", text()) : text());
      case 2 -> of("equals-ignore-case", text());
      case 3 -> of("wildcard", NODES.textNode(one(WILDCARDS)));
      case 4 -> of("anything-but", anythingBut());
      case 5 -> of("numeric", numeric());
      case 6 -> of("exists", NODES.booleanNode(random.nextBoolean()));
      case 7 -> of("cidr", NODES.textNode(one(simple ? LONG_NETWORKS : NETWORKS)));
      default -> scalar();
    };
  }

  private static ObjectNode of(String operator, JsonNode operand) {
    return NODES.objectNode().set(operator, operand);
  }

  private JsonNode anythingBut() {
    return switch (random.nextInt(7)) {
      case 0 -> text();
      case 1 -> number();
      case 2 -> list(3, this::text);
      case 3 -> list(3, this::number);
      case 4 -> of(one(List.of("prefix", "suffix")), list(2, this::filledText));
      case 5 -> of("equals-ignore-case", list(2, this::text));
      default -> of("wildcard", NODES.textNode(one(WILDCARDS)));
    };
  }

  private JsonNode filledText() {
    return NODES.textNode(one(List.of("x", "X", "y", "10.", "xy")));
  }

  private ArrayNode numeric() {
    ArrayNode terms = NODES.arrayNode();
    if (isOnce(2)) {
      return terms.add(one(List.of("=", "<", "<=", ">", ">="))).add(number());
    }
    int bottom = random.nextInt(3) - 2;
    return terms
        .add(one(List.of(">", ">=")))
        .add(bottom)
        .add(one(List.of("<", "<=")))
        .add(number().decimalValue().abs().add(BigDecimal.TWO));
  }

  /** Texts, numbers and arrays, as attributes have them. */
  ObjectNode attributes() {
    ObjectNode message = NODES.objectNode();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      JsonNode value =
          switch (random.nextInt(4)) {
            case 0, 1 -> text();
            case 2 -> number();
            default -> isOnce(6) ? NODES.arrayNode() : list(3, this::element);
          };
      message.set(name(), value);
    }
    return message;
  }

  private JsonNode element() {
    return isOnce(6) ? list(2, this::scalar) : scalar();
  }

  ObjectNode body() {
    return object(3);
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      object.set(name(), value(depth));
    }
    return object;
  }

  private JsonNode value(int depth) {
    if (depth == 0) {
      return scalar();
    }
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> scalar();
      case 3 -> list(3, this::element);
      case 4 -> object(depth - 1);
      case 5 -> isOnce(4) ? NODES.arrayNode() : list(2, () -> value(depth - 1));
      default -> list(3, () -> object(depth - 1));
    };
  }
}

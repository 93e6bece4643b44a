package io.tern.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tern.proto.content.ContentAttribute;
import io.tern.state.limits.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages and policies made to exhaust the matcher: they are answered soon, and never throw. */
class HostileMessageTest {

  private static final int MANY = 20_000;

  private static boolean bodyMatches(String policy, String body) {
    FilterPolicy parsed = Messages.policy(policy, FilterScope.MESSAGE_BODY);
    return !TopicFilter.of(Map.of(1L, parsed)).matchBody(body).subscriptions().isEmpty();
  }

  private static boolean attributeMatches(String policy, String type, String text) {
    FilterPolicy parsed = Messages.policy(policy, FilterScope.MESSAGE_ATTRIBUTES);
    ContentAttribute attribute =
        ContentAttribute.newBuilder().setName("a").setDataType(type).setText(text).build();
    return !TopicFilter.of(Map.of(1L, parsed))
        .matchAttributes(List.of(attribute))
        .subscriptions()
        .isEmpty();
  }

  private static String repeated(String element, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> element.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String deep(int depth, String inmost) {
    return "[".repeat(depth) + inmost + "]".repeat(depth);
  }

  private static String deepOfSeveral(int depth, String inmost) {
    return "[".repeat(depth) + inmost + ",0]".repeat(depth);
  }

  @Test
  void deepBodiesNeverMatch() {
    for (int depth : List.of(FilterLimits.MESSAGE_DEPTH + 1, 10_000, 500_000)) {
      String deep = deep(depth, "");
      assertThat(bodyMatches("{\"a\":[\"x\"]}", "{\"a\":\"x\",\"b\":" + deep + "}")).isFalse();
      assertThat(bodyMatches("{\"a\":[\"x\"]}", "{\"a\":[\"x\"," + deep + "]}")).isFalse();
      assertThat(attributeMatches("{\"a\":[{\"exists\":true}]}", "String.Array", deep)).isFalse();
    }
  }

  @Test
  void bodiesMatchAsDeepAsTheParserGoes() {
    String policy = "{\"a\":[\"x\"]}";
    int depth = FilterLimits.MESSAGE_DEPTH - 1;
    assertThat(bodyMatches(policy, "{\"a\":\"x\",\"b\":" + deep(depth, "") + "}")).isTrue();
    String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    assertThat(bodyMatches(policy, "{\"a\":[\"x\"],\"b\":" + objects + "}")).isTrue();
    assertThat(bodyMatches(policy, "{\"a\":" + deep(depth, "\"x\"") + "}")).isTrue();
    assertThat(bodyMatches(policy, "{\"a\":" + deepOfSeveral(depth, "\"x\"") + "}")).isTrue();
    String array = deep(FilterLimits.MESSAGE_DEPTH, "\"x\"");
    assertThat(attributeMatches(policy, "String.Array", array)).isTrue();
  }

  @Test
  void manyObjectsInDeepArraysAreSearchedInLittleSpace() {
    String policy = "{\"a\":{\"x\":[1],\"y\":[#],\"z\":[{\"exists\":false}]}}";
    String many = repeated("[{\"x\":1},{\"x\":1,\"y\":#}]", MANY);
    String body = "{\"a\":" + deepOfSeveral(FilterLimits.MESSAGE_DEPTH - 4, many) + "}";
    assertThat(bodyMatches(policy.replace("#", "-1"), body)).isFalse();
    assertThat(bodyMatches(policy.replace("#", "0"), body)).isTrue();
  }

  @Test
  void namesInAnAttributesArrayAreNotJoined() {
    String names = ("{\"" + "n".repeat(250) + "\":").repeat(FilterLimits.MESSAGE_DEPTH - 1);
    String array = "[\"x\"," + names + "1" + "}".repeat(FilterLimits.MESSAGE_DEPTH - 1) + "]";
    assertThat(attributeMatches("{\"a\":[\"x\"]}", "String.Array", array)).isTrue();
  }

  @Test
  void longBodiesNeverMatch() {
    String body = "{\"a\":\"x\"}";
    assertThat(bodyMatches("{\"a\":[\"x\"]}", body + " ".repeat(1_000))).isTrue();
    assertThat(bodyMatches("{\"a\":[\"x\"]}", body + " ".repeat(Limits.MESSAGE_BYTES))).isFalse();
  }

  @Test
  void longArraysAreNotCombinedValueByValue() {
    String array = repeated("#", MANY);
    String body = "{\"a\":" + array + ",\"b\":" + array + ",\"c\":" + array + ",\"d\":\"y\"}";
    String exists = "[{\"exists\":true}]";
    String keys = "{\"a\":" + exists + ",\"b\":" + exists + ",\"c\":" + exists;
    assertThat(bodyMatches(keys + ",\"d\":[\"x\"]}", body)).isFalse();
    assertThat(bodyMatches(keys + ",\"d\":[\"y\"]}", body)).isTrue();
  }

  @Test
  void manyObjectsInArraysAreSearchedOnce() {
    String array = repeated("{\"x\":1,\"y\":#}", MANY);
    String body = "{\"a\":" + array + ",\"b\":" + array + ",\"c\":" + array + "}";
    String one = "{\"x\":[1],\"y\":[{\"exists\":true}]}";
    String never = "{\"x\":[1],\"y\":[-1,{\"exists\":false}]}";
    assertThat(bodyMatches("{\"a\":" + one + ",\"b\":" + one + ",\"c\":" + one + "}", body))
        .isTrue();
    assertThat(bodyMatches("{\"a\":" + one + ",\"b\":" + one + ",\"c\":" + never + "}", body))
        .isFalse();
  }

  @Test
  void nestedArraysOfObjectsAreSearchedOnce() {
    String inner = repeated("{\"y\":#}", 150);
    String body =
        "{\"a\":" + repeated("{\"x\":1,\"b\":" + inner.replace("#", "2") + "}", 150) + "}";
    assertThat(bodyMatches("{\"a\":{\"x\":[1],\"b\":{\"y\":[149],\"z\":[1]}}}", body)).isFalse();
    assertThat(bodyMatches("{\"a\":{\"x\":[1],\"b\":{\"y\":[149]}}}", body)).isTrue();
  }

  @Test
  void manyPoliciesAndManyValuesStopAtTheLimit() {
    Map<Long, FilterPolicy> policies = new HashMap<>();
    for (long i = 0; i < 2_000; i++) {
      String policy = "{\"a\":{\"x\":[{\"wildcard\":\"*v" + i + "*w*\"}],\"y\":[1]}}";
      policies.put(i, Messages.policy(policy, FilterScope.MESSAGE_BODY));
    }
    String body = "{\"a\":" + repeated("{\"x\":\"v#\",\"y\":1}", MANY) + "}";
    assertThat(TopicFilter.of(policies).matchBody(body).subscriptions()).isEmpty();
  }

  @Test
  void numbersOfAnySizeAreAnswered() {
    String digits = "9".repeat(100_000);
    for (String number :
        List.of(
            digits,
            "1e999999999",
            "-1E+2147483647",
            "100E+2147483647",
            "1e9999999999",
            "0." + digits)) {
      for (String type : List.of("Number", "Number.x")) {
        assertThat(attributeMatches("{\"a\":[{\"exists\":true}]}", type, number)).isTrue();
        assertThat(attributeMatches("{\"a\":[0.5]}", type, number)).isFalse();
      }
      String body = "{\"a\":" + number + "}";
      assertThat(bodyMatches("{\"a\":[{\"anything-but\":5}]}", body)).isTrue();
      assertThat(bodyMatches("{\"a\":[{\"numeric\":[\"=\",5]}]}", body)).isFalse();
    }
    assertThat(bodyMatches("{\"a\":[0]}", "{\"a\":1e-999999999}")).isTrue();
    assertThat(bodyMatches("{\"a\":[{\"numeric\":[\">\",5]}]}", "{\"a\":1e999999999}")).isTrue();
    assertThat(bodyMatches("{\"a\":[{\"numeric\":[\"<\",5]}]}", "{\"a\":1e999999999}")).isFalse();
  }

  @Test
  void policiesOfAnyShapeAreAnswered() {
    String deep = "{\"a\":".repeat(5_000) + "[1]" + "}".repeat(5_000);
    assertThat(FilterPolicy.parse(deep, FilterScope.MESSAGE_BODY))
        .isInstanceOf(PolicyRefusal.Malformed.class);
    String large = "{\"a\":[\"" + "x".repeat(Limits.FILTER_BYTES) + "\"]}";
    assertThat(FilterPolicy.parse(large, FilterScope.MESSAGE_BODY))
        .isEqualTo(new PolicyRefusal.Malformed("Filter policy is too complex"));
    for (String odd :
        List.of(
            "",
            " ",
            "{",
            "}",
            "\u0000",
            "{\"a\":[1e999999999]}",
            "{\"a\":[1e-999999999]}",
            "{\"a\":[{\"anything-but\":1e999999999}]}",
            "{\"a\":[{\"numeric\":[\">\",1e-999999999]}]}",
            "{\"$or\":{}}",
            "{\"a\":[{\"cidr\":\"/\"}]}",
            "{\"a\":[{\"cidr\":\"\"}]}",
            "{\"a\":[{\"cidr\":\"10.0.0.0/99999999999\"}]}",
            "{\"a\":[\"\\ud800\"]}",
            "{\"a\":[{\"anything-but\":{\"prefix\":[]}}]}",
            "{\"a\":[{\"wildcard\":\"\\\\\"}]}")) {
      assertThat(FilterPolicy.parse(odd, FilterScope.MESSAGE_BODY)).as(odd).isNotNull();
    }
  }

  @Test
  void textsLikeAddressesAreNotLookedUp() {
    JsonNode policy = Messages.tree("{\"a\":[{\"cidr\":\"10.0.0.0/8\"},\"10.9.9.9\"]}");
    for (String text :
        List.of(
            "10.0.0.999",
            "10.0.0",
            "10",
            "0x0a.0.0.1",
            "010.0.0.1",
            ":::",
            "1:2",
            "::ffff:10.0.0.1",
            "fe80::1%eth0",
            "10.0.0.1 ",
            "१०.0.0.1")) {
      assertThat(bodyMatches(policy.toString(), Messages.tree("{}").toString())).isFalse();
      assertThat(attributeMatches(policy.toString(), "String", text)).as(text).isFalse();
    }
    assertThat(attributeMatches(policy.toString(), "String", "::ffff:a00:1")).isTrue();
  }
}

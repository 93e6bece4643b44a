package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of {@link SnsErrorsTest}: mistakes in filter policies, with what stands before them when
 * subscribing and when set afterwards. The whole language has scripts of its own.
 */
final class FilterErrorCases {
  private FilterErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows = new ArrayList<>();
    both(rows, "{\"k\":\"v\"}", "\"k\" must be an object or an array");
    both(rows, "{\"k\":[[\"v\"]]}", "Match value must be String, number, true, false, or null");
    both(rows, "{\"k\":[{\"foo\":true}]}", "Unrecognized match type foo");
    both(
        rows,
        "{\"k\":[{\"prefix\":\"a\",\"suffix\":\"b\"}]}",
        "Only one key allowed in match expression");
    both(rows, "{\"k\":[]}", "Empty arrays are not allowed");
    both(rows, "{\"k\":[{\"suffix\":1}]}", "suffix match pattern must be a string");
    both(rows, "{\"k\":[{\"prefix\":1}]}", "prefix match pattern must be a string");
    both(rows, "{\"k\":[{\"cidr\":1}]}", "prefix match pattern must be a string");
    both(rows, "{\"k\":[{\"cidr\":\"10.0.0.0\"}]}", "Malformed CIDR, one '/' required");
    both(
        rows,
        "{\"k\":[{\"cidr\":\"10.0.0.0/x\"}]}",
        "Malformed CIDR, mask bits must be an integer");
    both(
        rows,
        "{\"k\":[{\"exists\":\"yes\"}]}",
        "exists match pattern must be either true or false.");
    both(
        rows,
        "{\"k\":[{\"anything-but\":{\"foo\":\"a\"}}]}",
        "Unsupported anything-but pattern: foo");
    both(rows, "{\"k\":[{\"numeric\":[]}]}", "Invalid member in numeric match: ]");
    both(rows, "{\"k\":[{\"numeric\":[\"~\",1]}]}", "Unrecognized numeric range operator: ~");
    both(rows, "{\"k\":[{\"numeric\":[\"=\",\"1\"]}]}", "Value of equals must be numeric");
    both(rows, "{\"k\":[{\"numeric\":[\"<\",\"1\"]}]}", "Value of < must be numeric");
    both(rows, "{\"k\":[{\"numeric\":[\">\",5,\"<\",5]}]}", "Bottom must be less than top");
    limits(rows);
    malformed(rows);
    return rows;
  }

  private static void limits(List<SnsErrorCase> rows) {
    String six =
        IntStream.range(0, 6)
            .mapToObj(i -> "\"k" + i + "\":[\"v\"]")
            .collect(Collectors.joining(",", "{", "}"));
    String many =
        IntStream.range(0, 151)
            .mapToObj(i -> "\"v" + i + "\"")
            .collect(Collectors.joining(",", "{\"k\":[", "]}"));
    both(rows, six, "Filter policy can not have more than 5 keys");
    both(rows, many, "Filter policy is too complex");
    rows.add(
        refused()
            .when(
                "more than 256 KB",
                "SetSubscriptionAttributes",
                SubscriptionErrorCases.set("{sub}", "FilterPolicy", "{\"k\":[\"{262144}\"]}")));
  }

  private static void malformed(List<SnsErrorCase> rows) {
    both(rows, "{\"key\":{\"suffix\":\"value\"}}", "\"suffix\" must be an object or an array");
    both(
        rows,
        "{\"key\":{\"suffix\":\"value\",\"prefix\":\"value\"}}",
        "\"suffix\" must be an object or an array");
    both(
        rows,
        "{\"key\":{\"not-an-operator\":\"value\"}}",
        "\"not-an-operator\" must be an object or an array");
    both(
        rows,
        "{\"key\":[{\"anything-but\":{\"prefix\":false}}]}",
        "prefix match pattern must be a string");
    both(rows, "[1]", "Filter is not an object");
    String nested = "Filter policy scope MessageAttributes does not support nested filter policy";
    String policy = "{\"a\":{\"b\":[1]}}";
    rows.add(
        invalid(nested)
            .when(
                "nested",
                "Subscribe",
                SubscriptionErrorCases.subscribe(
                    "{topic}", "sqs", "{otherQueue}", "FilterPolicy", policy)));
    rows.add(
        invalid(nested)
            .when(
                "nested",
                "SetSubscriptionAttributes",
                SubscriptionErrorCases.set("{sub}", "FilterPolicy", policy)));
    for (String broken : List.of("nothing", "{\"k\":")) {
      rows.add(
          refused()
              .when(
                  broken,
                  "SetSubscriptionAttributes",
                  SubscriptionErrorCases.set("{sub}", "FilterPolicy", broken)));
    }
  }

  private static void both(List<SnsErrorCase> rows, String policy, String text) {
    String name = policy.length() > 60 ? text : policy;
    rows.add(
        invalid("Attributes Reason: FilterPolicy: " + text)
            .when(
                name,
                "Subscribe",
                SubscriptionErrorCases.subscribe(
                    "{topic}", "sqs", "{otherQueue}", "FilterPolicy", policy)));
    rows.add(
        invalid("FilterPolicy: " + text)
            .when(
                name,
                "SetSubscriptionAttributes",
                SubscriptionErrorCases.set("{sub}", "FilterPolicy", policy)));
  }
}

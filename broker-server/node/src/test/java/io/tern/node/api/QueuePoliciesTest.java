package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies as documents: what may be set, and how permissions are added to them and removed. */
class QueuePoliciesTest {
  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:orders";
  private static final Permission ONE =
      new Permission("one", List.of("111111111111"), List.of("ReceiveMessage"));
  private static final Permission TWO =
      new Permission(
          "two", List.of("111111111111", "222222222222"), List.of("SendMessage", "GetQueueUrl"));

  @Test
  void theFirstPermissionMakesThePolicy() {
    assertThat(QueuePolicies.withStatement("", ARN, ONE))
        .isEqualTo(
            "{\"Version\":\"2008-10-17\",\"Id\":\""
                + ARN
                + "/SQSDefaultPolicy\",\"Statement\":[{\"Sid\":\"one\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                + "\"Action\":\"SQS:ReceiveMessage\",\"Resource\":\""
                + ARN
                + "\"}]}");
  }

  @Test
  void severalAccountsAndActionsAreLists() {
    assertThat(QueuePolicies.withStatement("", ARN, TWO))
        .contains(
            "\"Principal\":{\"AWS\":[\"arn:aws:iam::111111111111:root\","
                + "\"arn:aws:iam::222222222222:root\"]},"
                + "\"Action\":[\"SQS:SendMessage\",\"SQS:GetQueueUrl\"]");
  }

  @Test
  void permissionsAreAddedAndRemovedByLabel() {
    String one = QueuePolicies.withStatement("", ARN, ONE);
    String both = QueuePolicies.withStatement(one, ARN, TWO);

    assertThat(QueuePolicies.withoutStatement(both, "two")).isEqualTo(one);
    assertThat(QueuePolicies.withoutStatement(one, "one")).isEmpty();
    assertThatThrownBy(() -> QueuePolicies.withStatement(both, ARN, ONE))
        .hasMessage("Value one for parameter Label is invalid. Reason: Already exists.");
    assertThatThrownBy(() -> QueuePolicies.withoutStatement(both, "three"))
        .hasMessage("Value three for parameter Label is invalid. Reason: can't find label.");
    assertThatThrownBy(() -> QueuePolicies.withoutStatement("", "one"))
        .isInstanceOf(TernException.class);
  }

  @Test
  void aPolicyThatSomeoneWroteKeepsItsStatements() {
    String own = "{\"Statement\": {\"Sid\": \"own\", \"Effect\": \"Deny\"}, \"Id\": \"mine\"}";

    String both = QueuePolicies.withStatement(own, ARN, ONE);

    assertThat(both)
        .startsWith("{\"Statement\":[{\"Sid\":\"own\",\"Effect\":\"Deny\"},{\"Sid\":\"one\"");
    assertThat(both).endsWith("\"Id\":\"mine\"}");
  }

  @Test
  void aPolicyHasTwentyStatementsAtMost() {
    String policy = "";
    for (int i = 0; i < 20; i++) {
      policy =
          QueuePolicies.withStatement(
              policy, ARN, new Permission("l" + i, ONE.accounts(), ONE.actions()));
    }
    String full = policy;
    assertThatThrownBy(() -> QueuePolicies.withStatement(full, ARN, ONE))
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.OVER_LIMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"Statement\":[]}", " {\"Version\": \"2012-10-17\"} "})
  void goodPolicies(String policy) {
    assertThatCode(() -> QueuePolicies.check(policy)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{\"a\"}",
        "{\"Statement\":\"x\"}",
        "{\"Statement\":{\"Action\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\"]}}",
      })
  void badPolicies(String policy) {
    assertThatThrownBy(() -> QueuePolicies.check(policy))
        .hasMessage("Invalid value for the parameter Policy.")
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE_VALUE));
  }

  @Test
  void numbersOfPoliciesAreLimited() {
    String statement = "{\"Principal\":{\"AWS\":[\"a\",\"b\",\"c\"]}}";
    assertThatCode(() -> QueuePolicies.check(statements(16, statement))).doesNotThrowAnyException();
    assertThatThrownBy(() -> QueuePolicies.check(statements(17, statement)))
        .isInstanceOf(TernException.class);
    assertThatThrownBy(() -> QueuePolicies.check(statements(21, "{}")))
        .isInstanceOf(TernException.class);
  }

  private static String statements(int count, String statement) {
    return "{\"Statement\":[" + String.join(",", Collections.nCopies(count, statement)) + "]}";
  }

  @Test
  void theSamePolicyMayBeWrittenInManyWays() {
    assertThat(QueuePolicies.same("{\"a\":1,\"b\":[]}", "{ \"b\": [], \"a\": 1 }")).isTrue();
    assertThat(QueuePolicies.same("{\"a\":1}", "{\"a\":2}")).isFalse();
    assertThat(QueuePolicies.same("{\"a\":1}", "")).isFalse();
  }

  @Test
  void permissionsAreChecked() {
    refused(
        new Permission("l", ONE.accounts(), List.of("CreateQueue")),
        "Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the queue owner is"
            + " allowed to invoke this action.");
    refused(
        new Permission("l", ONE.accounts(), List.of("Fly")),
        "Value SQS:Fly for parameter ActionName is invalid. Reason: Please refer to the appropriate"
            + " WSDL for a list of valid actions.");
    refused(
        new Permission("l", List.of(), ONE.actions()),
        "Value [] for parameter PrincipalId is invalid. Reason: Unable to verify.");
    refused(
        new Permission("l", ONE.accounts(), Collections.nCopies(8, "SendMessage")),
        "8 Actions were found, maximum allowed is 7.");
    assertThatThrownBy(() -> new Permission("a b", ONE.accounts(), ONE.actions()).check())
        .isInstanceOf(TernException.class);
    assertThatCode(ONE::check).doesNotThrowAnyException();
    assertThatCode(() -> new Permission("l", ONE.accounts(), List.of("*")).check())
        .doesNotThrowAnyException();
  }

  private static void refused(Permission permission, String text) {
    assertThatThrownBy(permission::check).isInstanceOf(TernException.class).hasMessage(text);
  }
}

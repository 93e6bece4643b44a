package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.TopicName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access policies are checked and edited, and data protection policies checked. */
class TopicPolicyTest {
  private static final TopicName TOPIC = new TopicName("eu-west-1", "000000000000", "orders");
  private static final String ARN = "arn:aws:sns:eu-west-1:000000000000:orders";
  private static final String DEFAULT =
      "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":"
          + "\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
          + "\"Action\":[\"SNS:GetTopicAttributes\",\"SNS:SetTopicAttributes\","
          + "\"SNS:AddPermission\",\"SNS:RemovePermission\",\"SNS:DeleteTopic\","
          + "\"SNS:Subscribe\",\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Resource\":\""
          + ARN
          + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"000000000000\"}}}";

  private static final String ALLOW = "\"Effect\":\"Allow\",";
  private static final String PUBLISH = "\"Action\":\"SNS:Publish\",";
  private static final String ANYBODY = "\"Principal\":\"*\",";
  private static final String RESOURCE = "\"Resource\":\"" + ARN + "\"";
  private static final String REST = ANYBODY + RESOURCE;
  private static final Optional<Refusal> UNREADABLE =
      Optional.of(Refusal.invalid("Policy Error: null"));

  @Test
  void everyTopicStartsWithTheSame() {
    assertThat(TopicPolicy.defaultOf(TOPIC)).isEqualTo(DEFAULT + "]}");
  }

  @Test
  void oneAccountAndActionAreWrittenAsOne() {
    assertThat(add(null, "l", List.of("111111111111"), List.of("Publish")))
        .isEqualTo(
            DEFAULT
                + ",{\"Sid\":\"l\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"arn:aws:iam::111111111111:root\"},\"Action\":\"SNS:Publish\",\"Resource\":\""
                + ARN
                + "\"}]}");
  }

  @Test
  void severalAreLists() {
    assertThat(
            add(
                "",
                "l",
                List.of("111111111111", "222222222222"),
                List.of("Publish", "GetDataProtectionPolicy")))
        .contains(
            "{\"AWS\":[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]},"
                + "\"Action\":[\"SNS:Publish\",\"SNS:GetDataProtectionPolicy\"]");
  }

  @Test
  void aLabelIsGivenOnce() {
    String policy = add(null, "l", List.of("111111111111"), List.of("Publish"));
    assertThat(
            TopicPolicy.withStatement(
                    policy, TOPIC, "l", List.of("111111111111"), List.of("Publish"))
                .refusal())
        .contains(Refusal.invalid("Statement already exists"));
    assertThat(TopicPolicy.withoutStatement(policy, TOPIC, "l"))
        .isEqualTo(TopicPolicy.defaultOf(TOPIC));
    assertThat(TopicPolicy.withoutStatement(policy, TOPIC, "other")).isEqualTo(policy);
  }

  @Test
  void unknownActionsAndAccountsAreRefused() {
    assertThat(
            TopicPolicy.withStatement(null, TOPIC, "l", List.of("111111111111"), List.of("Fly"))
                .refusal())
        .contains(Refusal.invalid("Policy statement action out of service scope!"));
    assertThat(
            TopicPolicy.withStatement(null, TOPIC, "l", List.of("me"), List.of("Publish"))
                .refusal())
        .contains(Refusal.invalid("A provided account ID is not valid"));
  }

  @ParameterizedTest
  @CsvSource({
    "Publish, true",
    "Receive, true",
    "GetDataProtectionPolicy, true",
    "PutDataProtectionPolicy, true",
    "TagResource, false",
    "Unsubscribe, false",
    "*, false"
  })
  void notAllThatAPolicyMayNameCanBeAdded(String action, boolean fine) {
    List<String> one = List.of("111111111111");
    assertThat(TopicPolicy.withStatement(null, TOPIC, "l", one, List.of(action)).refusal())
        .isEqualTo(
            fine
                ? Optional.empty()
                : Optional.of(Refusal.invalid("Policy statement action out of service scope!")));
  }

  @Test
  void aStatementNamesSomebodyAndSomethingAndHasALabel() {
    List<String> one = List.of("111111111111");
    List<String> publish = List.of("Publish");
    assertThat(TopicPolicy.withStatement(null, TOPIC, "", one, publish).refusal())
        .contains(Refusal.invalid("Label"));
    assertThat(TopicPolicy.withStatement(null, TOPIC, "l", List.of(), publish).refusal())
        .contains(Refusal.invalid("Policy Error: null"));
    assertThat(TopicPolicy.withStatement(null, TOPIC, "l", one, List.of()).refusal())
        .contains(Refusal.invalid("Policy Error: null"));
    String unlabelled = policy(ALLOW + PUBLISH + REST);
    assertThat(TopicPolicy.withoutStatement(unlabelled, TOPIC, "")).isEqualTo(unlabelled);
  }

  @Test
  void aPolicyHasLimits() {
    List<String> many = Collections.nCopies(200, "111111111111");
    assertThat(TopicPolicy.withStatement(null, TOPIC, "l", many, List.of("Publish")).refusal())
        .isPresent();
    String policy = null;
    for (int i = 1; i < 100; i++) {
      policy = add(policy, "l" + i, List.of("111111111111"), List.of("Publish"));
    }
    assertThat(
            TopicPolicy.withStatement(
                    policy, TOPIC, "more", List.of("111111111111"), List.of("Publish"))
                .refusal())
        .isPresent();
    assertThat(
            check(policy("\"Sid\":\"" + "x".repeat(31_000) + "\"," + ALLOW + PUBLISH + REST))
                .refusal())
        .contains(Refusal.invalid("Policy Error: longer than 30720 bytes"));
    String accounts = "\"111111111111\"" + ",\"111111111111\"".repeat(199);
    String principals = "\"Principal\":{\"AWS\":[" + accounts + "%s]}," + RESOURCE;
    assertThat(check(policy(ALLOW + PUBLISH + principals.formatted(""))).refusal()).isEmpty();
    assertThat(check(policy(ALLOW + PUBLISH + principals.formatted(",\"*\""))).refusal())
        .contains(Refusal.invalid("Policy Error: more than 200 principals"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SNS:Publish",
        "sns:publish",
        "*",
        "SNS:*",
        "sns:Get*",
        "SNS:?ublish",
        "SNS:*sub*e",
        "SNS:Publish**"
      })
  void actionsOfTheService(String action) {
    String statement = "{" + ALLOW + "\"Action\":\"" + action + "\"," + REST + "}";
    assertThat(check("{ \"Statement\": " + statement + "}"))
        .isEqualTo(Checked.good("{\"Statement\":" + statement + "}"));
  }

  @ParameterizedTest
  @CsvSource({"SET, ''", "CREATE, 'Attributes Reason: '"})
  void actionsOfOthers(AttributeCall call, String prefix) {
    for (String action :
        List.of("SNS:Publishx", "sqs:SendMessage", "SNS:Fly*", "SNS:Publish?", "SNS:*sub*x", "")) {
      assertThat(
              TopicPolicy.check(
                      call, TOPIC, policy(ALLOW + "\"Action\":\"" + action + "\"," + REST))
                  .refusal())
          .contains(Refusal.invalid(prefix + "Policy statement action out of service scope!"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "{\"Statement\":[]}",
        "{\"Statement\":[1]}",
        "{\"Statement\":[{\"Effect\":\"Maybe\"," + PUBLISH + REST + "}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\"," + REST + "}]}",
        "{\"Statement\":[{\"Sid\":\"a\","
            + ALLOW
            + PUBLISH
            + REST
            + "},"
            + "{\"Sid\":\"a\","
            + ALLOW
            + PUBLISH
            + REST
            + "}]}"
      })
  void unreadablePolicies(String policy) {
    assertThat(check(policy).refusal()).contains(Refusal.invalid("Policy Error: null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | false",
        "\"Principal\":{\"AWS\":[]} | false",
        "\"Principal\":[] | false",
        "\"Principal\":\"*\" | true",
        "\"Principal\":{\"AWS\":\"*\"} | true",
        "\"Principal\":{\"AWS\":[\"111111111111\"],\"Service\":\"s3.amazonaws.com\"} | true",
        "\"NotPrincipal\":{\"AWS\":\"111111111111\"} | true"
      })
  void aStatementNamesPrincipals(String principal, boolean fine) {
    String more = principal.isEmpty() ? "" : principal + ",";
    assertThat(check(policy(ALLOW + PUBLISH + more + RESOURCE)).refusal())
        .isEqualTo(fine ? Optional.empty() : UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        RESOURCE + " | true",
        "\"Resource\":[\"" + ARN + "\"] | true",
        "\"Resource\":\"*\" | true",
        "\"Resource\":\"" + ARN + "-other\" | false",
        "\"Resource\":[\"" + ARN + "\",\"" + ARN + "\"] | false",
        "\"Resource\":[] | false",
        "\"NotResource\":\"" + ARN + "-other\" | false"
      })
  void aStatementIsAboutTheTopic(String resource, boolean fine) {
    assertThat(check(policy(ALLOW + PUBLISH + ANYBODY + resource)).refusal())
        .isEqualTo(fine ? Optional.empty() : UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | failed to parse JSON",
        "{} | Name must be provided",
        "{\"Name\":\"n\"} | Statement must be provided",
        "{\"Name\":\"n\",\"Statement\":[{\"DataDirection\":\"Inbxound\"}]}"
            + " | Statement DataDirection must be either Inbound or Outbound",
        "{\"Name\":\"n\",\"Statement\":[{\"DataDirection\":\"Inbound\"}]}"
            + " | Statement Operation must have exactly one operation"
      })
  void badDataProtectionPolicies(String policy, String why) {
    assertThat(DataProtectionPolicies.check(policy).refusal())
        .contains(Refusal.invalid("DataProtectionPolicy Reason: " + why));
  }

  @Test
  void dataProtectionPolicies() {
    assertThat(DataProtectionPolicies.check("")).isEqualTo(Checked.good(""));
    assertThat(
            DataProtectionPolicies.check(
                "{ \"Name\":\"n\", \"Statement\":[{\"DataDirection\":\"Outbound\","
                    + "\"Operation\":{\"Deny\":{}}}] }"))
        .isEqualTo(
            Checked.good(
                "{\"Name\":\"n\",\"Statement\":[{\"DataDirection\":\"Outbound\","
                    + "\"Operation\":{\"Deny\":{}}}]}"));
    assertThat(DataProtectionPolicies.check("x".repeat(30_721)).refusal()).isPresent();
  }

  private static Checked<String> check(String policy) {
    return TopicPolicy.check(AttributeCall.SET, TOPIC, policy);
  }

  private static String policy(String members) {
    return "{\"Statement\":[{" + members + "}]}";
  }

  private static String add(
      @Nullable String policy, String label, List<String> accounts, List<String> actions) {
    return TopicPolicy.withStatement(policy, TOPIC, label, accounts, actions)
        .orThrow(PolicyTests::unexpected);
  }
}

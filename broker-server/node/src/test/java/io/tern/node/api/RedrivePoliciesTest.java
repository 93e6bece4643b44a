package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers write of redrive, and the one form of it that is stored. */
class RedrivePoliciesTest {
  private static final String REGION = "us-east-1";
  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:dead";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"deadLetterTargetArn\":\"" + ARN + "\",\"maxReceiveCount\":42}",
        "{ \"maxReceiveCount\" : \"42\", \"deadLetterTargetArn\" : \"" + ARN + "\" }",
      })
  void aPolicyHasOneForm(String given) {
    assertThat(RedrivePolicies.redrive(given, REGION))
        .isEqualTo("{\"deadLetterTargetArn\":\"" + ARN + "\",\"maxReceiveCount\":42}");
  }

  @Test
  void anEmptyTextStaysEmpty() {
    assertThat(RedrivePolicies.redrive("", REGION)).isEmpty();
    assertThat(RedrivePolicies.allow("", REGION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "1.5", "\"x\"", "[1]", "true"})
  void aBadCountIsNamed(String count) {
    String given = "{\"deadLetterTargetArn\":\"" + ARN + "\",\"maxReceiveCount\":" + count + "}";
    refused(
        given,
        "Value "
            + given
            + " for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: "
            + count.replace("\"", "")
            + ", valid values are from 1 to 1000 both inclusive.");
  }

  @Test
  void whatIsMissingIsNamed() {
    refused(
        "{\"deadLetterTargetArn\":\"" + ARN + "\"}",
        "Value {\"deadLetterTargetArn\":\""
            + ARN
            + "\"} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain"
            + " mandatory attribute: maxReceiveCount.");
    refused(
        "{\"maxReceiveCount\":1}",
        "Value {\"maxReceiveCount\":1} for parameter RedrivePolicy is invalid. Reason: Redrive"
            + " policy does not contain mandatory attribute: deadLetterTargetArn.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dead",
        "arn:aws:sqs:eu-west-1:000000000000:dead",
        "arn:aws:sns:us-east-1:000000000000:dead",
        "arn:aws:sqs:us-east-1:000000000000:de\\\"ad",
        "arn:aws:sqs:us-east-1:000000000000:",
      })
  void theTargetMustBeAQueueOfThisRegion(String arn) {
    assertThatThrownBy(() ->
            RedrivePolicies.redrive(
                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":1}", REGION))
        .hasMessageEndingWith("Reason: Invalid value for deadLetterTargetArn.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "[]", "{", "\"x\"", "{\"deadLetterTargetArn\":1,}"})
  void whatIsNoJsonMapIsRefused(String given) {
    refused(
        given,
        "Value "
            + given
            + " for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON"
            + " map.");
  }

  @Test
  void unknownMembersAreNotDroppedInSilence() {
    assertThatThrownBy(() ->
            RedrivePolicies.redrive(
                "{\"deadLetterTargetArn\":\"" + ARN + "\",\"maxReceiveCount\":1,\"x\":1}", REGION))
        .isInstanceOf(TernException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "{\"redrivePermission\":\"allowAll\"};{\"redrivePermission\":\"allowAll\"}",
        "{\"redrivePermission\" : \"denyAll\", \"sourceQueueArns\":[]}"
            + ";{\"redrivePermission\":\"denyAll\"}",
        "{\"sourceQueueArns\":[\""
            + ARN
            + "\"], \"redrivePermission\":\"byQueue\"}"
            + ";{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\""
            + ARN
            + "\"]}",
      })
  void anAllowPolicyHasOneForm(String given, String stored) {
    assertThat(RedrivePolicies.allow(given, REGION)).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"redrivePermission\":\"some\"}",
        "{\"redrivePermission\":\"byQueue\"}",
        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[]}",
        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"x\"]}",
        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":\"" + ARN + "\"}",
        "{\"redrivePermission\":\"allowAll\",\"sourceQueueArns\":[\"" + ARN + "\"]}",
      })
  void aBadAllowPolicyIsRefused(String given) {
    assertThatThrownBy(() -> RedrivePolicies.allow(given, REGION))
        .hasMessageStartingWith(
            "Value " + given + " for parameter RedriveAllowPolicy is invalid. Reason: ");
  }

  @Test
  void anAllowPolicyNamesTenQueuesAtMost() {
    assertThat(RedrivePolicies.allow(byQueues(10), REGION)).isEqualTo(byQueues(10));
    assertThatThrownBy(() -> RedrivePolicies.allow(byQueues(11), REGION))
        .isInstanceOf(TernException.class);
  }

  private static String byQueues(int count) {
    return "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":["
        + String.join(",", IntStream.range(0, count).mapToObj(i -> "\"" + ARN + i + "\"").toList())
        + "]}";
  }

  private static void refused(String given, String text) {
    assertThatThrownBy(() -> RedrivePolicies.redrive(given, REGION))
        .hasMessage(text)
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
  }
}

package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.error;
import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.notFound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of {@link SnsErrorsTest}: what is addressed wrongly, or is not there. */
final class ArnErrorCases {
  /** What operations on a topic need besides its ARN. */
  private static final Map<String, String> TOPIC_OPERATIONS =
      Map.of(
          "SetTopicAttributes", "&AttributeName=DisplayName&AttributeValue=x",
          "GetTopicAttributes", "",
          "Publish", "&Message=m",
          "PublishBatch",
              "&PublishBatchRequestEntries.member.1.Id=a"
                  + "&PublishBatchRequestEntries.member.1.Message=m",
          "Subscribe", "&Protocol=sqs&Endpoint={queue}",
          "ListSubscriptionsByTopic", "",
          "DeleteTopic", "",
          "AddPermission",
              "&Label=l&AWSAccountId.member.1=111111111111&ActionName.member.1=Publish",
          "RemovePermission", "&Label=l");

  private static final Map<String, String> RESOURCE_OPERATIONS =
      Map.of(
          "ListTagsForResource", "",
          "TagResource", "&Tags.member.1.Key=k&Tags.member.1.Value=v",
          "UntagResource", "&TagKeys.member.1=k");

  private ArnErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows = new ArrayList<>();
    TOPIC_OPERATIONS.forEach((action, more) -> addTopic(rows, action, more));
    RESOURCE_OPERATIONS.forEach((action, more) -> addResource(rows, action, more));
    addSubscription(rows, "GetSubscriptionAttributes", "");
    addSubscription(
        rows, "SetSubscriptionAttributes", "&AttributeName=RawMessageDelivery&AttributeValue=true");
    rows.addAll(unsubscribe());
    rows.addAll(confirm());
    rows.addAll(push());
    return rows;
  }

  private static void addTopic(List<SnsErrorCase> rows, String action, String more) {
    rows.add(tooShort("TopicArn", 1).when("no ARN", action, "TopicArn=topic" + more));
    // Publish takes an empty one for none, since it has others to choose from.
    if (!action.equals("Publish")) {
      rows.add(tooShort("TopicArn", 1).when("an empty ARN", action, "TopicArn=" + more));
    }
    rows.add(
        tooShort("TopicArn", 5)
            .when("a short ARN", action, "TopicArn=arn:aws:sns:us-east-1:000000000000" + more));
    rows.add(
        invalid("TopicArn").when("a topic of another region", action, "TopicArn={foreign}" + more));
    if (!action.equals("DeleteTopic")) {
      rows.add(
          notFound("Topic").when("a topic that is not there", action, "TopicArn={missing}" + more));
    }
  }

  private static void addResource(List<SnsErrorCase> rows, String action, String more) {
    rows.add(tooShort("ResourceArn", 1).when("no ARN", action, "ResourceArn=topic" + more));
    rows.add(
        error("ResourceNotFound", 404, "Resource does not exist")
            .when("a topic that is not there", action, "ResourceArn={missing}" + more));
  }

  private static void addSubscription(List<SnsErrorCase> rows, String action, String more) {
    rows.add(tooShort("SubscriptionArn", 1).when("no ARN", action, "SubscriptionArn=sub" + more));
    rows.add(
        invalid("SubscriptionId")
            .when("an ARN without its last part", action, "SubscriptionArn={topic}" + more));
    rows.add(
        notFound("Subscription")
            .when(
                "a subscription that is not there", action, "SubscriptionArn={missingSub}" + more));
  }

  private static List<SnsErrorCase> unsubscribe() {
    return List.of(
        invalid("SubscriptionArn Reason: no value for required parameter")
            .when("nothing said", "Unsubscribe", ""),
        tooShort("SubscriptionArn", 1).when("no ARN", "Unsubscribe", "SubscriptionArn=sub"),
        tooShort("SubscriptionArn", 1).when("an empty ARN", "Unsubscribe", "SubscriptionArn="),
        invalid("SubscriptionId")
            .when("an ARN without its last part", "Unsubscribe", "SubscriptionArn={topic}"));
  }

  private static List<SnsErrorCase> confirm() {
    String token = "&Token=" + "0123456789abcdef".repeat(12);
    return List.of(
        invalid("Topic").when("no ARN", "ConfirmSubscription", "TopicArn=topic" + token),
        SnsErrorCase.plain("Invalid token")
            .when("no token", "ConfirmSubscription", "TopicArn={topic}&Token=randomtoken"),
        invalid("Token")
            .when("a token that nobody got", "ConfirmSubscription", "TopicArn={topic}" + token),
        invalid("Token")
            .when(
                "an odd number of digits",
                "ConfirmSubscription",
                "TopicArn={topic}" + token + "0"));
  }

  private static List<SnsErrorCase> push() {
    List<SnsErrorCase> rows = new ArrayList<>();
    String set = "&Attributes.entry.1.key=SuccessFeedbackSampleRate&Attributes.entry.1.value=1";
    Map<String, String> applications =
        Map.of(
            "GetPlatformApplicationAttributes", "",
            "SetPlatformApplicationAttributes", set,
            "CreatePlatformEndpoint", "&Token=t",
            "ListEndpointsByPlatformApplication", "");
    applications.forEach((action, more) -> {
      rows.add(
          tooShort("PlatformApplicationArn", 1)
              .when("no ARN", action, "PlatformApplicationArn=app" + more));
      rows.add(
          notFound("PlatformApplication")
              .when(
                  "an application that is not there",
                  action,
                  "PlatformApplicationArn={missingApp}" + more));
    });
    String enable = "&Attributes.entry.1.key=Enabled&Attributes.entry.1.value=true";
    Map.of("GetEndpointAttributes", "", "SetEndpointAttributes", enable)
        .forEach((action, more) -> {
          rows.add(
              tooShort("EndpointArn", 1).when("no ARN", action, "EndpointArn=endpoint" + more));
          rows.add(
              invalid(
                      "EndpointArn Reason: Wrong number of slashes in relative portion of the"
                          + " ARN.")
                  .when("wrong slashes", action, "EndpointArn={topic}" + more));
          rows.add(
              notFound("Endpoint")
                  .when(
                      "an endpoint that is not there",
                      action,
                      "EndpointArn={missingEndpoint}" + more));
        });
    return rows;
  }

  private static SnsErrorCase.Expected tooShort(String parameter, int parts) {
    return invalid(parameter + " Reason: An ARN must have at least 6 elements, not " + parts);
  }
}

package io.tern.node.delivery;

import io.tern.node.delivery.NotificationWriter.Written;
import io.tern.node.routing.ResourceMirror;
import io.tern.proto.content.ContentAttribute;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.topics.envelope.Notice;
import io.tern.topics.envelope.PushPayload;
import io.tern.topics.envelope.TextMessage;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes notifications for telephones and apps, with the settings of the catalogue's resources.
 * {@link NotificationWriter} uses it.
 */
final class PhoneAndPush {
  private static final String SENDER_ID = "AWS.SNS.SMS.SenderID";
  private static final String SMS_TYPE = "AWS.SNS.SMS.SMSType";
  private static final int ARN_PARTS = 6;
  private static final String ENDPOINT = "endpoint/";

  private final ResourceMirror resources;

  PhoneAndPush(ResourceMirror resources) {
    this.resources = resources;
  }

  Written textMessage(DeliveryTarget target, Notice notice, String number) {
    String region = target.topic().name().region();
    String account = target.topic().name().account();
    boolean optedOut =
        resources
            .find(new ResourceKey(ResourceKind.OPTED_OUT_NUMBER, region, account, number))
            .isPresent();
    if (optedOut) {
      return new Written.Needless("the number is opted out");
    }
    SortedMap<String, String> settings =
        resources
            .find(new ResourceKey(ResourceKind.SMS_ATTRIBUTES, region, account, ""))
            .map(ResourceDefinition::attributes)
            .orElseGet(TreeMap::new);
    return new Written.Ready(
        new Outgoing.TextMessage(
            number,
            TextMessage.of(notice).text(),
            attribute(notice, SENDER_ID).orElse(settings.getOrDefault("DefaultSenderID", "")),
            attribute(notice, SMS_TYPE)
                .orElse(settings.getOrDefault("DefaultSMSType", "Promotional")),
            notice.messageId()));
  }

  Written push(Notice notice, String endpoint) {
    String[] arn = endpoint.split(":", ARN_PARTS);
    String[] path = arn[arn.length - 1].split("/", -1);
    if (arn.length < ARN_PARTS || path.length != 4 || !arn[5].startsWith(ENDPOINT)) {
      return new Written.Impossible("'" + endpoint + "' is not a platform endpoint");
    }
    Map<String, String> device =
        resources
            .find(
                new ResourceKey(
                    ResourceKind.PLATFORM_ENDPOINT,
                    arn[3],
                    arn[4],
                    arn[5].substring(ENDPOINT.length())))
            .<Map<String, String>>map(ResourceDefinition::attributes)
            .orElse(Map.of());
    if (!device.containsKey("Token")) {
      return new Written.Impossible("the platform endpoint does not exist");
    }
    if (device.getOrDefault("Enabled", "true").equalsIgnoreCase("false")) {
      return new Written.Impossible("the platform endpoint is disabled");
    }
    PushPayload payload = PushPayload.of(notice.message(), path[1]);
    return new Written.Ready(
        new Outgoing.PushMessage(
            endpoint,
            payload.platform(),
            path[2],
            device.get("Token"),
            payload.body(),
            payload.secondsToLive(),
            notice.messageId()));
  }

  private static Optional<String> attribute(Notice notice, String name) {
    return notice.attributes().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(ContentAttribute::getText)
        .findFirst();
  }
}

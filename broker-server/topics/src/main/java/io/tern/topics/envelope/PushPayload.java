package io.tern.topics.envelope;

import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.TopicMessage;
import java.util.Optional;

/**
 * What a device is sent through its platform; delivery hands it to the gateway.
 *
 * @param body the provider's request body if the message has one for the platform; else one made of
 *     the message's text
 * @param secondsToLive how long the provider may keep trying
 */
public record PushPayload(String platform, String body, long secondsToLive) {
  private static final long FOUR_WEEKS_SECONDS = 2_419_200;

  /** The payload for a platform such as APNS or GCM. */
  public static PushPayload of(TopicMessage message, String platform) {
    String body =
        TextOf.platform(message, platform)
            .orElseGet(() -> wrapped(platform, TextOf.application(message)));
    return new PushPayload(platform, body, secondsToLive(message, platform));
  }

  /** A plain text in the form that the platform understands. */
  private static String wrapped(String platform, String text) {
    return switch (platform) {
      case "APNS", "APNS_SANDBOX", "APNS_VOIP", "APNS_VOIP_SANDBOX", "MACOS", "MACOS_SANDBOX" ->
          "{\"aps\":{\"alert\":" + JsonText.quoted(text) + "}}";
      case "GCM", "ADM" -> "{\"data\":{\"default\":" + JsonText.quoted(text) + "}}";
      case "BAIDU" -> "{\"title\":\"\",\"description\":" + JsonText.quoted(text) + "}";
      default -> text;
    };
  }

  private static long secondsToLive(TopicMessage message, String platform) {
    String name = "AWS.SNS.MOBILE." + platform + ".TTL";
    return message.getAttributesList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(ContentAttribute::getText)
        .map(PushPayload::seconds)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(FOUR_WEEKS_SECONDS);
  }

  private static Optional<Long> seconds(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}

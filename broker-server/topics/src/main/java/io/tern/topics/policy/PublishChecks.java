package io.tern.topics.policy;

import io.tern.proto.content.ContentAttribute;
import io.tern.topics.envelope.TextOf;
import io.tern.topics.envelope.Utf8;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is published, apart from its attributes and the ids of FIFO topics. */
public final class PublishChecks {
  private static final String JSON = "json";
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]{1,15}");

  private PublishChecks() {}

  /** Exactly one of the three says where the message goes. */
  public static Optional<Refusal> target(
      @Nullable String topicArn, @Nullable String targetArn, @Nullable String phoneNumber) {
    long given =
        Stream.of(given(topicArn), given(targetArn), given(phoneNumber)).filter(g -> g).count();
    if (given == 0) {
      return refuse("TopicArn or TargetArn Reason: no value for required parameter");
    }
    return given == 1
        ? Optional.empty()
        : refuse("TopicArn, TargetArn and PhoneNumber Reason: only one of them can be given");
  }

  public static Optional<Refusal> phoneNumber(String phoneNumber) {
    return PHONE_NUMBER.matcher(phoneNumber).matches()
        ? Optional.empty()
        : refuse("PhoneNumber Reason: " + phoneNumber + " is not valid to publish to");
  }

  /** The Subject; none at all is fine. */
  public static Optional<Refusal> subject(@Nullable String subject) {
    if (subject == null) {
      return Optional.empty();
    }
    boolean fine =
        !subject.isEmpty()
            && subject.codePointCount(0, subject.length()) <= TopicLimits.SUBJECT_CHARACTERS
            && !Character.isWhitespace(subject.charAt(0))
            && subject.codePoints().noneMatch(Character::isISOControl);
    return fine ? Optional.empty() : refuse("Subject");
  }

  /** The message itself, which nobody can do without. */
  public static Optional<Refusal> message(@Nullable String message) {
    return given(message) ? Optional.empty() : refuse("Empty message");
  }

  /**
   * Whether the message has a text for each protocol.
   *
   * @param instead what may be there in place of a default: a message to one device may have the
   *     text of its platform only
   */
  public static Checked<Boolean> structure(
      String message, @Nullable String structure, Set<String> instead) {
    if (structure == null) {
      return Checked.good(false);
    }
    if (!structure.equals(JSON)) {
      return Checked.bad(Refusal.invalid("MessageStructure"));
    }
    Optional<Map<String, String>> texts = TextOf.texts(message);
    if (texts.isEmpty()) {
      return Checked.bad(Refusal.invalid("Message Structure - JSON message body failed to parse"));
    }
    Set<String> given = texts.get().keySet();
    return given.contains(TextOf.DEFAULT) || instead.stream().anyMatch(given::contains)
        ? Checked.good(true)
        : Checked.bad(Refusal.invalid("Message Structure - No default entry in JSON message body"));
  }

  /** Whether a message with its attributes is short enough. */
  public static Optional<Refusal> size(String message, List<ContentAttribute> attributes) {
    return bytes(message, attributes) > TopicLimits.MESSAGE_BYTES
        ? refuse("Message too long")
        : Optional.empty();
  }

  /**
   * Whether a text message is short enough.
   *
   * @param structured whether it has a text for each protocol, of which one is sent
   */
  public static Optional<Refusal> smsSize(String message, boolean structured) {
    Map<String, String> texts =
        structured ? TextOf.texts(message).orElseGet(Map::of) : Map.<String, String>of();
    String sent =
        texts.getOrDefault(Protocol.SMS.text(), texts.getOrDefault(TextOf.DEFAULT, message));
    return sent.codePointCount(0, sent.length()) > TopicLimits.SMS_CHARACTERS
        ? refuse("Message too long")
        : Optional.empty();
  }

  /** The size of a message as SNS counts it: text, and names, types and values of attributes. */
  public static long bytes(String message, List<ContentAttribute> attributes) {
    long bytes = Utf8.bytes(message);
    for (ContentAttribute attribute : attributes) {
      bytes += Utf8.bytes(attribute.getName()) + Utf8.bytes(attribute.getDataType());
      bytes +=
          attribute.hasBinary() ? attribute.getBinary().size() : Utf8.bytes(attribute.getText());
    }
    return bytes;
  }

  private static boolean given(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  private static Optional<Refusal> refuse(String what) {
    return Optional.of(Refusal.invalid(what));
  }
}

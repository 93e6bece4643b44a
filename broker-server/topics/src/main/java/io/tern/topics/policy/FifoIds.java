package io.tern.topics.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The group and the deduplication id of a published message. */
public final class FifoIds {
  /** Letters, digits and punctuation of ASCII: all that is printed and not blank. */
  private static final Pattern ID =
      Pattern.compile("[!-~]{1," + TopicLimits.FIFO_ID_CHARACTERS + "}");

  private FifoIds() {}

  /**
   * Whether the ids suit the topic.
   *
   * @param contentBased whether the topic makes deduplication ids of messages
   */
  public static Optional<Refusal> check(
      boolean fifo, boolean contentBased, @Nullable String group, @Nullable String deduplication) {
    if (fifo && isAbsent(group)) {
      return refuse("The MessageGroupId parameter is required for FIFO topics");
    }
    if (fifo && !contentBased && isAbsent(deduplication)) {
      return refuse(
          "The topic should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    if (!fifo && deduplication != null) {
      return refuse(
          "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
              + " that is not valid for this topic type");
    }
    return form("MessageGroupId", group).or(() -> form("MessageDeduplicationId", deduplication));
  }

  /** The given id, or the one made of the message as it was published. */
  public static String deduplicationId(@Nullable String given, String message) {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(message.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static Optional<Refusal> form(String parameter, @Nullable String id) {
    return isAbsent(id) || ID.matcher(id).matches()
        ? Optional.empty()
        : refuse(
            parameter
                + " Reason: can only include alphanumeric and punctuation characters, 1 to 128 in"
                + " length");
  }

  private static boolean isAbsent(@Nullable String id) {
    return id == null || id.isEmpty();
  }

  private static Optional<Refusal> refuse(String what) {
    return Optional.of(Refusal.invalid(what));
  }
}

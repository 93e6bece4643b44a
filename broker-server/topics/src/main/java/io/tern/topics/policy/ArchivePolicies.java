package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a FIFO topic archives its messages. */
public final class ArchivePolicies {
  private static final String PERIOD = "MessageRetentionPeriod";
  private static final String NAME = "ArchivePolicy: ";
  private static final Pattern DAYS = Pattern.compile("[0-9]{1,3}");
  private static final long DAY_MILLIS = 86_400_000;

  private ArchivePolicies() {}

  /**
   * The policy as it is stored.
   *
   * @return empty for a policy that archives nothing, which removes the attribute and the archive
   */
  public static Checked<String> check(AttributeCall call, String policy) {
    if (policy.isEmpty()) {
      return Checked.good("");
    }
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return Checked.bad(call.refuse(NAME + "failed to parse JSON"));
    }
    if (document.get().isEmpty()) {
      return Checked.good("");
    }
    boolean fine = document.get().size() == 1 && days(document.get()) > 0;
    return fine
        ? Checked.good("{\"" + PERIOD + "\":\"" + days(document.get()) + "\"}")
        : Checked.bad(
            call.refuse(
                NAME + PERIOD + " must be an integer between 1 and " + TopicLimits.ARCHIVE_DAYS));
  }

  /**
   * For how long messages are archived; 0 for not at all.
   *
   * @param stored null or empty for none
   */
  public static long millis(@Nullable String stored) {
    return stored == null || stored.isEmpty()
        ? 0
        : Json.object(stored).map(policy -> days(policy) * DAY_MILLIS).orElse(0L);
  }

  /** The days, or 0 if it is no number of days that there can be. */
  private static int days(ObjectNode policy) {
    JsonNode period = policy.get(PERIOD);
    if (period == null || !DAYS.matcher(period.asText()).matches()) {
      return 0;
    }
    int days = Integer.parseInt(period.asText());
    return days <= TopicLimits.ARCHIVE_DAYS ? days : 0;
  }
}

package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From when to when a subscription has its topic's archive replayed. */
public final class ReplayPolicies {
  private static final String NAME = "ReplayPolicy: ";
  private static final String TYPE = "PointType";
  private static final String START = "StartingPoint";
  private static final String END = "EndingPoint";
  private static final Set<String> MEMBERS = Set.of(TYPE, START, END);

  private ReplayPolicies() {}

  /**
   * What is replayed, in wall-clock time.
   *
   * @param endMillis -1 to go on with new messages
   */
  public record Window(long startMillis, long endMillis) {}

  /**
   * The policy as it is stored.
   *
   * @return empty to end the replay
   */
  public static Checked<String> check(AttributeCall call, String policy) {
    if (policy.isEmpty()) {
      return Checked.good("");
    }
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return bad(call, "failed to parse JSON");
    }
    ObjectNode given = document.get();
    if (given.isEmpty()) {
      return Checked.good("");
    }
    for (String name : (Iterable<String>) given::fieldNames) {
      if (!MEMBERS.contains(name)) {
        return bad(call, "Unexpected JSON member: " + name);
      }
    }
    if (!given.path(TYPE).asText("Timestamp").equals("Timestamp")) {
      return bad(call, TYPE + " must be Timestamp");
    }
    Instant start = instant(given.get(START));
    Instant end = instant(given.get(END));
    if (start == null) {
      return bad(call, START + " must be a timestamp in ISO 8601");
    }
    if (given.has(END) && end == null) {
      return bad(call, END + " must be a timestamp in ISO 8601");
    }
    return end != null && !end.isAfter(start)
        ? bad(call, END + " must be later than " + START)
        : Checked.good(Json.compact(given));
  }

  /** Whether the archive reaches back that far; its beginning is known only when it is asked. */
  public static Optional<Refusal> notBefore(
      AttributeCall call, Window window, long oldestArchivedMillis) {
    return oldestArchivedMillis < 0 || window.startMillis() < oldestArchivedMillis
        ? Optional.of(
            call.refuse(
                NAME + START + " must not be earlier than the topic's BeginningArchiveTime"))
        : Optional.empty();
  }

  /**
   * What a stored policy says.
   *
   * @param stored null or empty for none
   */
  public static Optional<Window> window(@Nullable String stored) {
    return stored == null
        ? Optional.empty()
        : Json.object(stored)
            .flatMap(policy -> {
              Instant start = instant(policy.get(START));
              Instant end = instant(policy.get(END));
              return start == null
                  ? Optional.empty()
                  : Optional.of(
                      new Window(start.toEpochMilli(), end == null ? -1 : end.toEpochMilli()));
            });
  }

  private static @Nullable Instant instant(@Nullable JsonNode value) {
    if (value == null || !value.isTextual()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value.textValue()).toInstant();
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static Checked<String> bad(AttributeCall call, String what) {
    return Checked.bad(call.refuse(NAME + what));
  }
}

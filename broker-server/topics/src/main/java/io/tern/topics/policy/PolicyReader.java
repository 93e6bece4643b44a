package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery policy part by part and remembers the first thing that is wrong with it; one
 * policy each.
 */
final class PolicyReader {
  private static final Set<String> RETRY_MEMBERS =
      Set.of(
          "minDelayTarget",
          "maxDelayTarget",
          "numRetries",
          "numMaxDelayRetries",
          "numNoDelayRetries",
          "numMinDelayRetries",
          "backoffFunction");
  private static final Set<String> CONTENT_TYPES =
      Set.of(
          "application/json",
          "application/xml",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "text/plain",
          "text/html",
          "text/css",
          "text/csv",
          "text/xml");
  private static final long MILLIS = 1_000;

  private @Nullable String complaint;

  Optional<String> complaint() {
    return Optional.ofNullable(complaint);
  }

  void membersOf(ObjectNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(name -> require(known.contains(name), "Unexpected JSON member: " + name));
  }

  /** A member that is an object; null if there is none. */
  @Nullable ObjectNode object(ObjectNode parent, String path, String name) {
    JsonNode value = parent.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    require(value.isObject(), path + name + " must be an object");
    return value instanceof ObjectNode object ? object : null;
  }

  boolean flag(ObjectNode parent, String path, String name) {
    JsonNode value = parent.get(name);
    require(
        value == null || value.isNull() || value.isBoolean(),
        path + name + " must be true or false");
    return value != null && value.asBoolean();
  }

  @Nullable RetryPolicy retry(ObjectNode parent, String path, String name) {
    ObjectNode given = object(parent, path, name);
    if (given == null) {
      return null;
    }
    membersOf(given, RETRY_MEMBERS);
    String at = path + name + ".";
    RetryPolicy unset = RetryPolicy.DEFAULT;
    int least =
        number(given, at, "minDelayTarget", unset.minDelaySeconds(), 1, TopicLimits.DELAY_SECONDS);
    int most =
        number(
            given,
            at,
            "maxDelayTarget",
            Math.max(least, unset.maxDelaySeconds()),
            1,
            TopicLimits.DELAY_SECONDS);
    require(least <= most, at + "maxDelayTarget must be greater than or equal to minDelayTarget");
    int all = number(given, at, "numRetries", unset.retries(), 0, TopicLimits.RETRIES);
    int atMost = number(given, at, "numMaxDelayRetries", 0, 0, TopicLimits.RETRIES);
    int atOnce = number(given, at, "numNoDelayRetries", 0, 0, TopicLimits.RETRIES);
    int atLeast = number(given, at, "numMinDelayRetries", 0, 0, TopicLimits.RETRIES);
    require(
        atMost + atOnce + atLeast <= all,
        at
            + "numRetries must be greater than or equal to the sum of numMinDelayRetries,"
            + " numNoDelayRetries and numMaxDelayRetries");
    Backoff backoff = backoff(given, at);
    if (complaint != null) {
      return null;
    }
    RetryPolicy policy = new RetryPolicy(least, most, all, atMost, atOnce, atLeast, backoff);
    require(
        RetrySchedule.of(policy).totalMillis() <= TopicLimits.DELAY_SECONDS * MILLIS,
        path + name + ": the total delay must be less than or equal to 3600 seconds");
    return policy;
  }

  @Nullable Integer throttle(ObjectNode parent, String path, String name) {
    ObjectNode given = object(parent, path, name);
    if (given == null) {
      return null;
    }
    membersOf(given, Set.of("maxReceivesPerSecond"));
    return isAbsent(given.get("maxReceivesPerSecond"))
        ? null
        : number(given, path + name + ".", "maxReceivesPerSecond", 1, 1, Integer.MAX_VALUE);
  }

  @Nullable String contentType(ObjectNode parent, String path, String name) {
    ObjectNode given = object(parent, path, name);
    if (given == null) {
      return null;
    }
    membersOf(given, Set.of("headerContentType"));
    JsonNode type = given.get("headerContentType");
    if (isAbsent(type)) {
      return null;
    }
    require(
        type.isTextual() && isContentType(type.textValue()),
        path + name + ".headerContentType is not a supported content type");
    return type.textValue();
  }

  private Backoff backoff(ObjectNode given, String path) {
    JsonNode value = given.get("backoffFunction");
    if (isAbsent(value)) {
      return RetryPolicy.DEFAULT.backoff();
    }
    Optional<Backoff> backoff = Backoff.of(value.asText());
    require(
        backoff.isPresent(),
        path + "backoffFunction must be one of: linear, arithmetic, geometric, exponential");
    return backoff.orElse(RetryPolicy.DEFAULT.backoff());
  }

  private int number(ObjectNode parent, String path, String name, int unset, int least, int most) {
    JsonNode value = parent.get(name);
    if (isAbsent(value)) {
      return unset;
    }
    require(value.isIntegralNumber(), path + name + " must be an integer");
    long number = value.canConvertToLong() ? value.asLong() : Long.MAX_VALUE;
    require(number >= least, path + name + " must be greater than or equal to " + least);
    require(number <= most, path + name + " must be less than or equal to " + most);
    return complaint == null ? (int) number : unset;
  }

  private static boolean isAbsent(@Nullable JsonNode value) {
    return value == null || value.isNull();
  }

  /**
   * One of the types SNS allows, and after a semicolon anything that a header can hold: that is how
   * callers give a character set, and Terraform's own example another type.
   */
  private static boolean isContentType(String text) {
    int end = text.indexOf(';');
    String type = end < 0 ? text : text.substring(0, end);
    return CONTENT_TYPES.contains(type)
        && (end < 0 || text.substring(end + 1).matches("[ -~]{1,256}"));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds && complaint == null) {
      complaint = otherwise;
    }
  }
}

package io.tern.node.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tern.state.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of deliveries that a topic's attributes switch on: one line of JSON for each, with the
 * fields that SNS writes to CloudWatch, on the logger {@code sns.delivery}.
 */
final class DeliveryLog {
  private static final Logger LOG = LoggerFactory.getLogger("sns.delivery");
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DeliveryLog() {}

  /**
   * One attempt as the log tells it.
   *
   * @param destination the endpoint
   * @param dwellMillis from the publish until now
   * @param text the message as this subscriber's documents have it
   */
  record Attempt(
      UUID messageId,
      String text,
      String topicArn,
      String destination,
      long nowMillis,
      long dwellMillis,
      int attempts) {}

  static void write(Attempt attempt, Outcome outcome) {
    switch (outcome) {
      case Outcome.Delivered(int status, String detail) ->
          LOG.info("{}", line(attempt, "SUCCESS", status, detail));
      case Outcome.Retry(int status, String reason) ->
          LOG.warn("{}", line(attempt, "FAILURE", status, reason));
      case Outcome.Refused(int status, String reason) ->
          LOG.warn("{}", line(attempt, "FAILURE", status, reason));
      case Outcome.Forbidden(String reason) -> LOG.warn("{}", line(attempt, "FAILURE", 0, reason));
    }
  }

  static String line(Attempt attempt, String status, int code, String response) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("notification");
      json.writeStringField("messageMD5Sum", md5(NotificationWriter.utf8(attempt.text())));
      json.writeStringField("messageId", attempt.messageId().toString());
      json.writeStringField("topicArn", attempt.topicArn());
      json.writeStringField("timestamp", TIME.format(Instant.ofEpochMilli(attempt.nowMillis())));
      json.writeEndObject();
      json.writeObjectFieldStart("delivery");
      json.writeStringField("deliveryId", deliveryId(attempt));
      json.writeStringField("destination", WebAddress.masked(attempt.destination()));
      json.writeStringField("providerResponse", response);
      json.writeNumberField("dwellTimeMs", attempt.dwellMillis());
      if (attempt.attempts() > 1) {
        json.writeNumberField("attempts", attempt.attempts());
      }
      if (code != 0) {
        json.writeNumberField("statusCode", code);
      }
      json.writeEndObject();
      json.writeStringField("status", status);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** The same for all attempts of one delivery. */
  private static String deliveryId(Attempt attempt) {
    String seed = attempt.messageId() + "\n" + attempt.destination();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String md5(Bytes text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.array()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

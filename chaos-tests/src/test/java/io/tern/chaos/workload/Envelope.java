package io.tern.chaos.workload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What was published, taken out of the JSON envelope that a queue gets of a topic without raw
 * delivery: the member Message as body, and MessageAttributes as name to Value. For {@link
 * RecordingSqs}.
 *
 * @param md5 the digest of the body when the server's digest fits the envelope; else the server's,
 *     which then fits nothing
 */
record Envelope(String body, String md5, Map<String, String> attributes) {
  static Envelope open(String text, String serversMd5) {
    JsonNode envelope;
    try {
      envelope = JsonNode.parser().parse(text);
    } catch (RuntimeException notJson) {
      // It is in the history as it came, so that a checker sees what nobody sent.
      return new Envelope(text, serversMd5, Map.of());
    }
    String body = envelope.field("Message").map(JsonNode::text).orElse(text);
    Map<String, String> attributes = new TreeMap<>();
    envelope
        .field("MessageAttributes")
        .ifPresent(all ->
            all.asObject()
                .forEach((name, attribute) ->
                    attributes.put(name, attribute.field("Value").map(JsonNode::text).orElse(""))));
    return new Envelope(body, md5(text).equals(serversMd5) ? md5(body) : serversMd5, attributes);
  }

  static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

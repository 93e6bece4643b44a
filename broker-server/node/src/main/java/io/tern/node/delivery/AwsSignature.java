package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a request as AWS's Signature Version 4 says, with the digest of the whole body. */
final class AwsSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DAY_CHARACTERS = 8;

  /** Not signed: whoever passes a request on may write his own part into it. */
  private static final String TRACE = "x-amzn-trace-id";

  private AwsSignature() {}

  /**
   * The request with the headers that prove who sends it.
   *
   * @param service {@code s3}, whose paths are signed as they stand, or another
   */
  static WebExchange.Request sign(
      WebExchange.Request request, Credentials credentials, String service, long nowMillis) {
    String moment = MOMENT.format(Instant.ofEpochMilli(nowMillis));
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put("X-Amz-Date", moment);
    headers.put("X-Amz-Content-Sha256", digest(request.body().array()));
    SortedMap<String, String> signed = new TreeMap<>();
    signed.put("host", request.address().authority());
    headers.forEach((name, value) ->
        signed.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
    signed.remove(TRACE);

    String day = moment.substring(0, DAY_CHARACTERS);
    String scope = day + "/" + credentials.region() + "/" + service + "/aws4_request";
    String toSign =
        lines(ALGORITHM, moment, scope, digest(utf8(canonical(request, service, signed))));
    byte[] key = utf8("AWS4" + credentials.secretKey());
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    headers.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                credentials.accessKey(),
                scope,
                String.join(";", signed.keySet()),
                HexFormat.of().formatHex(mac(key, toSign))));
    return new WebExchange.Request(
        request.method(), request.address(), headers, request.body(), request.isTrusted());
  }

  private static String canonical(
      WebExchange.Request request, String service, SortedMap<String, String> signed) {
    String headers =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    return lines(
        request.method(),
        path(request.address().target(), service),
        query(request.address().target()),
        headers,
        String.join(";", signed.keySet()),
        digest(request.body().array()));
  }

  /** All services but S3 sign a path encoded once more. */
  private static String path(String target, String service) {
    String path = target.substring(0, queryStart(target));
    if (service.equals("s3")) {
      return path;
    }
    return Arrays.stream(path.split("/", -1))
        .map(Template.Escape.URL::apply)
        .collect(Collectors.joining("/"));
  }

  private static String query(String target) {
    int start = queryStart(target);
    if (start == target.length()) {
      return "";
    }
    return Arrays.stream(target.substring(start + 1).split("&", -1))
        .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static int queryStart(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? target.length() : mark;
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

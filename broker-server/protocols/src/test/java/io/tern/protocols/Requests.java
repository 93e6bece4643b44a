package io.tern.protocols;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Builds the requests of the tests of both protocols. */
final class Requests {
  static final String ID = "66916324-67ca-54bb-a410-3f567a7a0571";

  private Requests() {}

  static WireRequest json(String operation, String document) {
    return json(operation, document.getBytes(StandardCharsets.UTF_8));
  }

  static WireRequest json(String operation, byte[] document) {
    return new WireRequest(
        "POST",
        "/",
        "",
        Map.of(
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                "AmazonSQS." + operation)
            ::get,
        document);
  }

  static WireRequest form(String path, String form) {
    return form(path, form.getBytes(StandardCharsets.UTF_8));
  }

  static WireRequest form(String path, byte[] form) {
    return new WireRequest(
        "POST", path, "", Map.of("content-type", "application/x-www-form-urlencoded")::get, form);
  }

  static WireRequest get(String path, String rawQuery, Map<String, String> headers) {
    return new WireRequest("GET", path, rawQuery, headers::get, new byte[0]);
  }
}

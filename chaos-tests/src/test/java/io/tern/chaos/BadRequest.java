package io.tern.chaos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A request no server should like, its bytes as Latin-1; the rows are in {@link BadRequests}. */
record BadRequest(String name, String latin1) {
  BadRequest(String name, byte[] bytes) {
    this(name, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static BadRequest raw(String name, String text) {
    return new BadRequest(name, text);
  }

  /** A well-formed HTTP request around a JSON body that is not. */
  static BadRequest json(String name, String operation, String body) {
    return json(name, operation, body.getBytes(StandardCharsets.UTF_8));
  }

  static BadRequest json(String name, String operation, byte[] body) {
    return new BadRequest(
        name,
        post(
            "/",
            "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS." + operation,
            body));
  }

  /** A well-formed HTTP request around a form that is not. */
  static BadRequest form(String name, String body) {
    return new BadRequest(
        name,
        post(
            "/",
            "Content-Type: application/x-www-form-urlencoded",
            body.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] post(String path, String headers, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + headers
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}

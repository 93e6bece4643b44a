package io.tern.protocols;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as the edge read it, independent of the HTTP library. The codec reads it once.
 *
 * @param path the path as sent, still percent-encoded
 * @param rawQuery what follows the question mark, still percent-encoded; empty when there is none
 * @param body shared, not copied; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of every body would be felt.
public record WireRequest(
    String method, String path, String rawQuery, Headers headers, byte[] body) {

  /** Finds the first value of a header. */
  @FunctionalInterface
  public interface Headers {
    /**
     * @param name in lower case; the names of the request are compared without regard to case
     */
    @Nullable String first(String name);
  }

  /** The value of the header, empty when the request has none. */
  public String header(String name) {
    String value = headers.first(name);
    return value == null ? "" : value;
  }

  public String contentType() {
    return header("content-type");
  }
}

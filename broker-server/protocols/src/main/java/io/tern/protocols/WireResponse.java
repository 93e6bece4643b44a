package io.tern.protocols;

import java.util.List;

/**
 * One HTTP answer as the edge writes it, independent of the HTTP library.
 *
 * @param headers all but Content-Type and what the HTTP library adds itself
 * @param body shared, not copied; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of every body would be felt.
public record WireResponse(int status, String contentType, List<Header> headers, byte[] body) {

  /** One header of an answer. */
  public record Header(String name, String value) {}
}

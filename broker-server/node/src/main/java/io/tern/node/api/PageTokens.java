package io.tern.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Base64;

/** Where a list goes on: the last name given out, opaque to callers. */
final class PageTokens {
  private static final String MARK = "v1:";

  private PageTokens() {}

  static String seal(String lastName) {
    return Base64.getUrlEncoder().encodeToString((MARK + lastName).getBytes(UTF_8));
  }

  /** The name inside, empty for the first page. */
  static String open(String token) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      String inside = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (inside.startsWith(MARK)) {
        return inside.substring(MARK.length());
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the one message for every bad token.
    }
    throw new TernException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid or expired next token.");
  }
}

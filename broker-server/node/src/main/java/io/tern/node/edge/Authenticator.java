package io.tern.node.edge;

import io.tern.protocols.WireRequest;

/**
 * Says who a request comes from. Credentials are taken as given: the access key names the sender,
 * signatures are not verified yet, and this is the one place where they will be.
 */
final class Authenticator {
  private static final String CREDENTIAL = "Credential=";
  private static final String PRESIGNED_CREDENTIAL = "X-Amz-Credential=";
  private static final int ACCESS_KEY_CHARACTERS = 128;

  /** The access key of the request, or without one the address it comes from. */
  String senderId(WireRequest request, String remoteAddress) {
    String key = accessKey(request.header("authorization"), CREDENTIAL);
    if (key.isEmpty()) {
      key = accessKey(request.rawQuery(), PRESIGNED_CREDENTIAL);
    }
    return key.isEmpty() ? remoteAddress : key;
  }

  private static String accessKey(String text, String before) {
    int found = text.indexOf(before);
    if (found < 0) {
      return "";
    }
    int start = found + before.length();
    int end = start;
    while (end < text.length()
        && end - start < ACCESS_KEY_CHARACTERS
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return text.substring(start, end);
  }
}

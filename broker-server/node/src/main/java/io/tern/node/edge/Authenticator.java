package io.tern.node.edge;

import io.tern.protocols.WireRequest;

/**
 * Says who a request comes from. Credentials are taken as given: the access key names the sender,
 * signatures are not verified yet, and this is the one place where they will be.
 */
final class Authenticator {
  private static final String ANONYMOUS = "ANONYMOUS";
  private static final String CREDENTIAL = "Credential=";
  private static final int ACCESS_KEY_CHARACTERS = 128;

  /** The access key of the request, or the anonymous sender. */
  String senderId(WireRequest request) {
    String authorization = request.header("authorization");
    int start = authorization.indexOf(CREDENTIAL);
    if (start < 0) {
      return presigned(request.rawQuery());
    }
    return accessKey(authorization, start + CREDENTIAL.length());
  }

  private static String presigned(String rawQuery) {
    String parameter = "X-Amz-Credential=";
    int start = rawQuery.indexOf(parameter);
    return start < 0 ? ANONYMOUS : accessKey(rawQuery, start + parameter.length());
  }

  private static String accessKey(String text, int start) {
    int end = start;
    while (end < text.length()
        && end - start < ACCESS_KEY_CHARACTERS
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end == start ? ANONYMOUS : text.substring(start, end);
  }
}

package io.tern.protocols;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a SigV4 request says of its credentials: whose they are and for which region and service it
 * was signed. Read by {@link ServiceChoice} and by the edge; nothing is verified here.
 *
 * @param region empty when the scope names none, as in SigV4A
 * @param service empty when there is no whole scope
 */
public record CredentialScope(String accessKey, String region, String service) {
  private static final String HEADER = "Credential=";
  private static final String PRESIGNED = "X-Amz-Credential=";
  private static final String TERMINATOR = "aws4_request";
  private static final int ACCESS_KEY_CHARACTERS = 128;
  private static final int CREDENTIAL_CHARACTERS = 512;

  /** Reads the Authorization header, or without a credential there the presigned URL. */
  public static @Nullable CredentialScope of(WireRequest request) {
    CredentialScope scope = read(request.header("authorization"), HEADER);
    return scope != null ? scope : read(request.rawQuery(), PRESIGNED);
  }

  private static @Nullable CredentialScope read(String text, String before) {
    int found = text.indexOf(before);
    if (found < 0) {
      return null;
    }
    int start = found + before.length();
    int end = start;
    while (end < text.length()
        && end - start < CREDENTIAL_CHARACTERS
        && isPartOfCredential(text.charAt(end))) {
      end++;
    }
    String credential = text.substring(start, end).replace("%2F", "/").replace("%2f", "/");
    List<String> parts = Arrays.asList(credential.split("/", -1));
    String accessKey = accessKey(parts.getFirst());
    if (accessKey.isEmpty()) {
      return null;
    }
    int count = parts.size();
    if (count < 4 || !parts.getLast().equals(TERMINATOR)) {
      return new CredentialScope(accessKey, "", "");
    }
    String region = count == 4 ? "" : parts.get(count - 3);
    return new CredentialScope(accessKey, isRegion(region) ? region : "", parts.get(count - 2));
  }

  private static boolean isPartOfCredential(char c) {
    return c != ',' && c != '&' && c > ' ';
  }

  private static String accessKey(String text) {
    int end = 0;
    while (end < text.length()
        && end < ACCESS_KEY_CHARACTERS
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean isRegion(String text) {
    return text.length() <= 64
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }
}

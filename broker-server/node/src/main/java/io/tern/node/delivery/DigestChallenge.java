package io.tern.node.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An endpoint's question for a digest of user and password (RFC 7616); Senders answers it. */
record DigestChallenge(Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("(?:\\b(\\w+) +)?\\b(\\w+) *= *(?:\"([^\"\\\\]*)\"|([^\\s,\"]+))");

  /** The best of those in the answer's WWW-Authenticate headers that can be answered. */
  static Optional<DigestChallenge> of(List<String> headers) {
    List<Map<String, String>> digests = new ArrayList<>();
    Map<String, String> current = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Matcher found = PARAMETER.matcher(String.join(", ", headers)); found.find(); ) {
      if (found.group(1) != null) {
        current = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (found.group(1).equalsIgnoreCase("Digest")) {
          digests.add(current);
        }
      }
      current.put(found.group(2), found.group(3) == null ? found.group(4) : found.group(3));
    }
    return digests.stream()
        .map(DigestChallenge::new)
        .filter(DigestChallenge::isAnswerable)
        .max(Comparator.comparing(challenge -> challenge.algorithm().equals("SHA-256")));
  }

  private String algorithm() {
    return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
  }

  private boolean isAnswerable() {
    return List.of("MD5", "SHA-256").contains(algorithm())
        && parameters.keySet().containsAll(List.of("realm", "nonce", "qop"))
        && List.of(parameters.getOrDefault("qop", "").split("[ ,]+", -1)).contains("auth");
  }

  /**
   * The header Authorization; empty when the user's name cannot stand in it.
   *
   * @param clientNonce fresh for each answer
   */
  String authorization(String method, WebAddress address, String clientNonce) {
    String realm = parameters.getOrDefault("realm", "");
    String nonce = parameters.getOrDefault("nonce", "");
    String opaque = parameters.get("opaque");
    String secret = hash(address.user() + ":" + realm + ":" + address.password());
    String request = hash(method + ":" + address.target());
    String numbered = ":" + nonce + ":00000001:" + clientNonce + ":auth:";
    if (!address.user().matches("[ -~&&[^\"\\\\]]*")) {
      return "";
    }
    return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=%s"
            .formatted(address.user(), realm, nonce, address.target(), algorithm())
        + ", qop=auth, nc=00000001, cnonce=\"%s\", response=\"%s\"%s"
            .formatted(
                clientNonce,
                hash(secret + numbered + request),
                opaque == null ? "" : ", opaque=\"" + opaque + "\"");
  }

  private String hash(String text) {
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm()).digest(utf8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

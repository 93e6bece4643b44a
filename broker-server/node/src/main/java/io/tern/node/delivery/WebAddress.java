package io.tern.node.delivery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https URL, taken apart as {@link Egress} needs it.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param target path and query
 * @param userInfo user and password as they stand in the URL, empty for none
 */
record WebAddress(boolean secure, String host, int port, String target, String userInfo) {
  // By hand: java.net.URI knows no host with an underscore, as container networks have them.
  private static final Pattern URL =
      Pattern.compile(
          "(https?)://(?:([^/?#@]*)@)?(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))"
              + "(?::([0-9]{1,5}))?(/[^#?]*)?(\\?[^#]*)?(?:#.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PASSWORD = Pattern.compile("(://[^/?#@:]*):[^/?#@]*@");
  private static final int LARGEST_PORT = 65_535;

  /** Empty when the text is no URL that can be posted to. */
  static Optional<WebAddress> parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean secure = parts.group(1).toLowerCase(Locale.ROOT).equals("https");
    String host = parts.group(3) == null ? parts.group(4) : parts.group(3);
    int port = parts.group(5) == null ? (secure ? 443 : 80) : Integer.parseInt(parts.group(5));
    if (port == 0 || port > LARGEST_PORT) {
      return Optional.empty();
    }
    String path = parts.group(6) == null ? "/" : parts.group(6);
    String query = parts.group(7) == null ? "" : parts.group(7);
    String userInfo = parts.group(2) == null ? "" : parts.group(2);
    return Optional.of(new WebAddress(secure, host, port, visible(path + query), userInfo));
  }

  /** The URL as it may be shown: the password is four stars. */
  static String masked(String url) {
    return PASSWORD.matcher(url).replaceFirst("$1:****@");
  }

  /** The Authorization header for user and password, empty without them. */
  String basicAuthorization() {
    if (userInfo.isEmpty()) {
      return "";
    }
    return "Basic "
        + Base64.getEncoder().encodeToString(decoded(userInfo).getBytes(StandardCharsets.UTF_8));
  }

  /** The user as such, empty for none. */
  String user() {
    int colon = userInfo.indexOf(':');
    return decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
  }

  String password() {
    int colon = userInfo.indexOf(':');
    return colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
  }

  private static String decoded(String text) {
    // A plus is a plus in this part of a URL; the decoder is one for forms.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Host and, unless it is the scheme's own, port. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  /** Percent-encodes what may not stand in a request line: blanks, controls, other than ASCII. */
  private static String visible(String target) {
    StringBuilder text = new StringBuilder(target.length());
    for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
      int code = octet & 0xff;
      if (code > ' ' && code < 0x7f && code != '"' && code != '<' && code != '>') {
        text.append((char) code);
      } else {
        text.append('%').append(String.format(Locale.ROOT, "%02X", code));
      }
    }
    return text.toString();
  }
}

package io.tern.command.rpc;

import picocli.CommandLine;

/** Where a node serves the gRPC API. For {@link ClientOptions}. */
record Endpoint(String host, int port) {
  static final int DEFAULT_PORT = 9328;

  /**
   * Reads {@code host:port}, {@code host}, or {@code [address]:port} of IPv6.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Endpoint parse(String text) {
    String host = text.strip();
    String port = "";
    int bracket = host.lastIndexOf(']');
    int colon = host.lastIndexOf(':');
    if (colon > bracket) {
      port = host.substring(colon + 1);
      host = host.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw wrong(text);
    }
    if (host.isEmpty() || host.indexOf('/') >= 0) {
      throw wrong(text);
    }
    if (port.isEmpty()) {
      return new Endpoint(host, DEFAULT_PORT);
    }
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw wrong(text);
    }
    return new Endpoint(host, Integer.parseInt(port));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no endpoint; write it as host:port, without http://");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** How the parser of command lines reads one. */
  static final class Converter implements CommandLine.ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException mistake) {
        throw new CommandLine.TypeConversionException(String.valueOf(mistake.getMessage()));
      }
    }
  }
}

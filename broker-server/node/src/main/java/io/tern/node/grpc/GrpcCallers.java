package io.tern.node.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.tern.node.api.Caller;
import io.tern.node.config.TernConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Says who makes a call, as {@code Authenticator} does for HTTP; and how he can reach the node. */
final class GrpcCallers {
  /** The access key that messages name as their sender. */
  static final Metadata.Key<String> ACCESS_KEY =
      Metadata.Key.of("tern-access-key", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> TRACE =
      Metadata.Key.of("x-amzn-trace-id", Metadata.ASCII_STRING_MARSHALLER);

  private final TernConfig.Identity identity;
  private final int awsPort;

  GrpcCallers(TernConfig config) {
    this.identity = config.identity();
    this.awsPort = config.listen().port();
  }

  /** The caller, with the loop that everything of this call runs on. */
  Caller caller(
      ServerCall<?, ?> call, Metadata headers, Executor home, CompletableFuture<Void> gone) {
    String accessKey = Objects.requireNonNullElse(headers.get(ACCESS_KEY), "");
    boolean signed = !accessKey.isEmpty();
    return new Caller(
        signed ? accessKey : remoteAddress(call),
        baseUrl(call),
        headers.get(TRACE),
        identity.region(),
        signed,
        false,
        home,
        gone);
  }

  private static String remoteAddress(ServerCall<?, ?> call) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress address && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "unknown";
  }

  /** Queue URLs are of HTTP: the host is the one that the caller knows, the port is not. */
  private String baseUrl(ServerCall<?, ?> call) {
    return identity.baseUrl().isEmpty()
        ? "http://" + hostOf(call.getAuthority()) + ":" + awsPort
        : identity.baseUrl();
  }

  /** The host of an authority, without the port; that of IPv6 keeps its brackets. */
  static String hostOf(@Nullable String authority) {
    if (authority == null || authority.isEmpty()) {
      return "localhost";
    }
    int colon = authority.lastIndexOf(':');
    boolean inBrackets = colon < authority.lastIndexOf(']');
    return colon < 0 || inBrackets ? authority : authority.substring(0, colon);
  }
}

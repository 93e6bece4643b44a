package io.tern.node.edge;

import io.tern.protocols.CredentialScope;
import io.tern.protocols.WireRequest;

/**
 * Says who a request comes from. Credentials are taken as given: the access key names the sender,
 * signatures are not verified yet, and this is the one place where they will be.
 */
final class Authenticator {

  /**
   * Who a request comes from.
   *
   * @param senderId the access key of the request, or without one the address it comes from
   * @param region the one the request was signed for, or the default one
   * @param signed whether there are credentials
   */
  record Identity(String senderId, String region, boolean signed) {}

  private final String defaultRegion;

  Authenticator(String defaultRegion) {
    this.defaultRegion = defaultRegion;
  }

  Identity identify(WireRequest request, String remoteAddress) {
    CredentialScope scope = CredentialScope.of(request);
    if (scope == null) {
      return new Identity(remoteAddress, defaultRegion, false);
    }
    String region = scope.region().isEmpty() ? defaultRegion : scope.region();
    return new Identity(scope.accessKey(), region, true);
  }
}

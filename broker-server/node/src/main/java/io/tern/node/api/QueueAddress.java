package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.QueueName;
import io.tern.state.limits.ErrorCode;

/**
 * What a QueueUrl names: of any URL the last two path segments count, and a bare name is enough.
 */
final class QueueAddress {
  private QueueAddress() {}

  /**
   * Reads a QueueUrl.
   *
   * @throws TernException if there is no queue in it
   */
  static QueueName parse(String url, String account) {
    String path = url;
    int scheme = path.indexOf("://");
    if (scheme >= 0) {
      int slash = path.indexOf('/', scheme + 3);
      path = slash < 0 ? "" : path.substring(slash);
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    int last = path.lastIndexOf('/');
    String name = path.substring(last + 1);
    if (name.isEmpty()) {
      throw new TernException(
          ErrorCode.INVALID_ADDRESS, "The address " + url + " is not valid for this endpoint.");
    }
    if (last <= 0) {
      return new QueueName(account, name);
    }
    String owner = path.substring(path.lastIndexOf('/', last - 1) + 1, last);
    return new QueueName(owner.isEmpty() ? account : owner, name);
  }
}

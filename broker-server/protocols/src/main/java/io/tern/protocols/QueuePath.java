package io.tern.protocols;

import org.jspecify.annotations.Nullable;

/** The queue an HTTP path or a queue URL names by its last two segments: account and name. */
public record QueuePath(String account, String queueName) {

  /** Reads the path of a request; null when it has fewer than two segments. */
  public static @Nullable QueuePath of(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int nameStart = path.lastIndexOf('/', end - 1) + 1;
    int accountEnd = nameStart - 1;
    int accountStart = path.lastIndexOf('/', accountEnd - 1) + 1;
    if (nameStart >= end || accountEnd <= accountStart) {
      return null;
    }
    return new QueuePath(path.substring(accountStart, accountEnd), path.substring(nameStart, end));
  }

  /** Reads a queue URL of any scheme and host, or its path alone; null when it names no account. */
  public static @Nullable QueuePath ofUrl(String queueUrl) {
    int scheme = queueUrl.indexOf("://");
    if (scheme < 0) {
      return of(queueUrl);
    }
    int path = queueUrl.indexOf('/', scheme + 3);
    return path < 0 ? null : of(queueUrl.substring(path));
  }

  /** The path again, in the form a queue URL ends with. */
  public String path() {
    return "/" + account + "/" + queueName;
  }
}

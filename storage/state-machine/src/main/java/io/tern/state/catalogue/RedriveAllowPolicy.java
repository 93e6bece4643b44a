package io.tern.state.catalogue;

import io.tern.state.QueueName;
import io.tern.state.limits.QueueAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Which queues may have this queue as their dead-letter queue, as the catalogue stores it: one
 * normal form of JSON, which the edge makes of what a caller wrote.
 *
 * @param sourceArns of permission byQueue, otherwise empty
 */
public record RedriveAllowPolicy(String permission, List<String> sourceArns) {
  public static final String ALLOW_ALL = "allowAll";
  public static final String DENY_ALL = "denyAll";
  public static final String BY_QUEUE = "byQueue";

  private static final String BEFORE_PERMISSION = "{\"redrivePermission\":\"";
  private static final String BEFORE_SOURCES = "\",\"sourceQueueArns\":[";

  /** The policy among a queue's stored attributes; without one, all are allowed. */
  public static RedriveAllowPolicy of(SortedMap<String, String> attributes) {
    String text = attributes.getOrDefault(QueueAttributes.REDRIVE_ALLOW_POLICY, "");
    if (!text.startsWith(BEFORE_PERMISSION)) {
      return new RedriveAllowPolicy(ALLOW_ALL, List.of());
    }
    int end = text.indexOf('"', BEFORE_PERMISSION.length());
    String permission = text.substring(BEFORE_PERMISSION.length(), end);
    List<String> arns = new ArrayList<>();
    if (text.startsWith(BEFORE_SOURCES, end)) {
      String list = text.substring(end + BEFORE_SOURCES.length(), text.length() - 2);
      for (String quoted : list.split(",", -1)) {
        arns.add(quoted.substring(1, quoted.length() - 1));
      }
    }
    return new RedriveAllowPolicy(permission, List.copyOf(arns));
  }

  /** The normal form. */
  public String text() {
    StringBuilder text = new StringBuilder(BEFORE_PERMISSION).append(permission);
    if (sourceArns.isEmpty()) {
      return text.append("\"}").toString();
    }
    text.append(BEFORE_SOURCES);
    for (int i = 0; i < sourceArns.size(); i++) {
      text.append(i == 0 ? "\"" : ",\"").append(sourceArns.get(i)).append('"');
    }
    return text.append("]}").toString();
  }

  /** Whether that queue may send its dead letters here. */
  public boolean allows(QueueName source) {
    return switch (permission) {
      case DENY_ALL -> false;
      case BY_QUEUE ->
          sourceArns.stream().anyMatch(arn -> source.equals(RedrivePolicy.queueOf(arn)));
      default -> true;
    };
  }
}

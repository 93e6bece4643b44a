package io.tern.node.api;

import io.tern.proto.sqs.ReceiveMessageRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which attributes of messages a receiver asked for. Unknown and illegal names are ignored, as AWS
 * does.
 */
final class AttributeSelection {
  private final boolean allSystem;
  private final Set<String> system;
  private final List<String> names;

  private AttributeSelection(boolean allSystem, Set<String> system, List<String> names) {
    this.allSystem = allSystem;
    this.system = system;
    this.names = names;
  }

  static AttributeSelection of(ReceiveMessageRequest request) {
    Set<String> system = HashSet.newHashSet(4);
    system.addAll(request.getAttributeNamesList());
    system.addAll(request.getMessageSystemAttributeNamesList());
    return of(system, request.getMessageAttributeNamesList());
  }

  static AttributeSelection of(Set<String> system, List<String> names) {
    return new AttributeSelection(system.contains("All"), system, names);
  }

  boolean wantsSystemAttributes() {
    return !system.isEmpty();
  }

  boolean wantsSystemAttribute(String name) {
    return allSystem || system.contains(name);
  }

  boolean wantsMessageAttributes() {
    return !names.isEmpty();
  }

  boolean wantsMessageAttribute(String name) {
    for (String wanted : names) {
      if (wanted.equals("All") || wanted.equals(".*") || wanted.equals("*")) {
        return true;
      }
      boolean prefix = wanted.endsWith(".*");
      if (prefix
          ? name.startsWith(wanted.substring(0, wanted.length() - 2))
          : name.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}

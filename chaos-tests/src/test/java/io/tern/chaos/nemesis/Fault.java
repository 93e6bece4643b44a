package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault that was injected.
 *
 * @param target the nodes that it hit, as text
 * @param detail one line for the reader of a report
 * @param cure takes it back, and starts again what ended; the nodes may need a while afterwards
 */
public record Fault(String target, String detail, Runnable cure) {
  static Fault at(ContainerNode node, String detail, Runnable cure) {
    return new Fault(node.nodeId(), detail, cure);
  }

  static Fault at(List<ContainerNode> nodes, String detail, Runnable cure) {
    String names = nodes.stream().map(ContainerNode::nodeId).collect(Collectors.joining(","));
    return new Fault(names, detail, cure);
  }

  public void heal() {
    cure.run();
  }
}

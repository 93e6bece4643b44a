package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerNode;

/**
 * What a node must tell its operator when a fault ends it. For {@link FullDisk} and {@link
 * FailingFsync}.
 *
 * @param times how often it had said so before the fault
 */
record Advice(ContainerNode node, String words, long times) {
  static Advice awaitedOf(ContainerNode node, String words) {
    return new Advice(node, words, node.said(words));
  }

  /** Fails if it was not given; the run is red then. */
  void mustBeGiven() {
    if (node.said(words) == times) {
      throw new IllegalStateException(node.nodeId() + " left without saying: " + words);
    }
  }
}

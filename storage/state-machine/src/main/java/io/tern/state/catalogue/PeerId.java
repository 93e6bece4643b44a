package io.tern.state.catalogue;

/**
 * The name of a member of Raft groups: a node together with its disk. A node that returns with an
 * empty disk is another peer under its old name, because the empty disk forgot how it voted. Peers
 * that were configured at the first start are called as their nodes are.
 */
public record PeerId(String text) implements Comparable<PeerId> {

  @Override
  public int compareTo(PeerId other) {
    return text.compareTo(other.text);
  }
}

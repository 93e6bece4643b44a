package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/** A node is killed while it writes: half of an entry stands behind the last whole one. */
final class TornEntry implements Nemesis {
  /** The length that the torn entry claims, as the variable-length number 300. */
  private static final byte[] CLAIMED_LENGTH = {(byte) 0xAC, 0x02};

  private static final int WRITTEN_BYTES = 150;

  @Override
  public String name() {
    return "torn-entry";
  }

  @Override
  public Plane plane() {
    return Plane.ALONE;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    node.kill();
    List<RaftSegment> open =
        RaftSegment.in(node.data(), 1).stream().filter(RaftSegment::isOpen).toList();
    RaftSegment segment = Chance.of(open, chance);
    byte[] half = new byte[WRITTEN_BYTES];
    chance.nextBytes(half);
    try (RandomAccessFile file = new RandomAccessFile(segment.file().toFile(), "rwd")) {
      file.seek(segment.end());
      file.write(CLAIMED_LENGTH);
      file.write(half);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String detail =
        "half an entry at byte " + segment.end() + " of " + segment.file().getFileName();
    return Fault.at(node, detail, node::start);
  }
}

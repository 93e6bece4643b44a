package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** One bit of one node's files is not what was written; the node finds out when it starts. */
final class FlippedBit implements Nemesis {
  /** In which files. */
  enum Where {
    LOG("flip-log"),
    SNAPSHOT("flip-snapshot"),
    TABLE("flip-table");

    private final String title;

    Where(String title) {
      this.title = title;
    }
  }

  /** Fewer would be no middle of a log. */
  private static final int LEAST_ENTRIES = 4;

  private record Place(Path file, long offset) {}

  private final Where where;

  FlippedBit(Where where) {
    this.where = where;
  }

  @Override
  public String name() {
    return where.title;
  }

  @Override
  public Plane plane() {
    return Plane.ALONE;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    node.kill();
    Optional<Place> place =
        switch (where) {
          case LOG -> inLog(node.data(), chance);
          case SNAPSHOT -> in(node.data(), "checkpoints", "", chance);
          case TABLE -> in(node.data(), "checkpoints", ".sst", chance);
        };
    place.ifPresent(found -> flip(found, chance));
    String detail =
        place
            .map(found -> "byte " + found.offset() + " of " + node.data().relativize(found.file()))
            .orElse("nothing there yet: only killed");
    return Fault.at(node, detail, node::start);
  }

  private static Optional<Place> inLog(Path data, Random chance) {
    List<RaftSegment> segments = RaftSegment.in(data, LEAST_ENTRIES);
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    RaftSegment segment = Chance.of(segments, chance);
    long from = segment.start(0);
    // Before the last entry: behind it a damaged one could not be told from a torn one.
    long to = segment.start(segment.entries() - 2);
    return Optional.of(new Place(segment.file(), from + chance.nextLong(to - from)));
  }

  private static Optional<Place> in(Path data, String folder, String suffix, Random chance) {
    try (Stream<Path> walk = Files.walk(data.resolve("partitions"))) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> file.toString().contains("/" + folder + "/"))
              .filter(file -> file.toString().endsWith(suffix))
              // Put aside by an earlier fault; nobody reads it again.
              .filter(file -> !file.toString().contains("damaged"))
              .filter(file -> file.toFile().length() > 0)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        return Optional.empty();
      }
      Path file = Chance.of(files, chance);
      return Optional.of(new Place(file, chance.nextLong(file.toFile().length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flip(Place place, Random chance) {
    try (RandomAccessFile file = new RandomAccessFile(place.file().toFile(), "rwd")) {
      file.seek(place.offset());
      int old = file.read();
      file.seek(place.offset());
      file.write(old ^ 1 << chance.nextInt(Byte.SIZE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

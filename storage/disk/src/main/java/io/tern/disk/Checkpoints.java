package io.tern.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one partition's checkpoints, each in a directory named {@code term_index}. The
 * replica asks it for the newest one and has it delete the older ones, from one thread.
 */
public final class Checkpoints {

  /** Checkpoints that are kept: the newest, and one more should the newest prove damaged. */
  public static final int KEPT = 2;

  /** Ends the name of a checkpoint that is still being written. */
  static final String PARTIAL_SUFFIX = ".partial";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Pattern NAME = Pattern.compile("(\\d{1,19})_(\\d{1,19})");
  private static final Comparator<Kept> BY_AGE =
      Comparator.<Kept>comparingLong(kept -> kept.applied().index())
          .thenComparingLong(kept -> kept.applied().term());

  private final Path folder;

  /** A checkpoint in the folder. */
  public record Kept(Path directory, AppliedIndex applied) {}

  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Where the checkpoint of that index belongs. */
  public Path place(AppliedIndex applied) {
    return folder.resolve(applied.term() + "_" + applied.index());
  }

  /** The newest complete checkpoint. A damaged one is passed over and logged. */
  public Optional<Kept> newest() {
    for (Kept kept : byName().reversed()) {
      if (isComplete(kept)) {
        return Optional.of(kept);
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes all that is older than the newest complete checkpoints, and what was left half written.
   * Never called while a checkpoint is being written.
   */
  public void deleteOld() {
    try {
      for (Path leftover : leftovers()) {
        Folders.delete(leftover);
      }
      int complete = 0;
      for (Kept kept : byName().reversed()) {
        if (complete == KEPT) {
          Folders.delete(kept.directory());
        } else if (isComplete(kept)) {
          complete++;
        }
      }
    } catch (IOException e) {
      throw new StorageFailure("Cannot delete old checkpoints in " + folder + ".", e);
    }
  }

  /** Whether there is anything at all, damaged or not: then the partition is not new. */
  public boolean hasAny() {
    return !entries().isEmpty();
  }

  /** All checkpoints by name, oldest first, complete or not. */
  private List<Kept> byName() {
    List<Kept> found = new ArrayList<>();
    for (Path directory : entries()) {
      Matcher name = NAME.matcher(directory.getFileName().toString());
      if (name.matches()) {
        AppliedIndex applied =
            new AppliedIndex(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
        found.add(new Kept(directory, applied));
      }
    }
    found.sort(BY_AGE);
    return found;
  }

  private List<Path> leftovers() {
    return entries().stream()
        .filter(entry -> entry.getFileName().toString().contains(PARTIAL_SUFFIX))
        .toList();
  }

  private List<Path> entries() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new StorageFailure("Cannot list the checkpoints in " + folder + ".", e);
    }
  }

  private static boolean isComplete(Kept kept) {
    try {
      CheckpointManifest manifest = CheckpointManifest.read(kept.directory());
      if (!manifest.applied().equals(kept.applied())) {
        throw new DamagedCheckpoint(
            kept.directory().resolve(CheckpointManifest.FILE_NAME),
            "it is of " + manifest.applied());
      }
      manifest.verify(kept.directory(), 0);
      return true;
    } catch (DamagedCheckpoint damaged) {
      LOG.warn("checkpoint passed over: {}", damaged.getMessage());
      return false;
    }
  }
}

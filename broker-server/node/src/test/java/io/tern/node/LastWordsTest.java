package io.tern.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.disk.DamagedCheckpoint;
import io.tern.disk.StorageFailure;
import io.tern.disk.UnreadableBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What people read when a disk ends the node. */
class LastWordsTest {
  private static final Path DATA = Path.of("/data");

  @Test
  void a_full_disk_is_told_from_a_broken_one() {
    IOException full = new FileSystemException("/data/x", null, "No space left on device");
    assertThat(LastWords.of(new UncheckedIOException("Cannot write", full), DATA))
        .contains("the disk of /data is full: make room, then start the node again");
    IOException broken = new IOException("Input/output error");
    assertThat(LastWords.of(new StorageFailure("Cannot write the checkpoint x.", broken), DATA))
        .contains(
            "the disk of /data failed: Cannot write the checkpoint x.: Input/output error. Look at"
                + " the kernel's log: start the node again if the disk is sound, else replace it");
  }

  @Test
  void damage_names_the_file_and_says_to_start_again() {
    DamagedCheckpoint damage =
        new DamagedCheckpoint(Path.of("/data/partitions/1/x.sst"), "its content is altered");
    assertThat(LastWords.of(damage, DATA))
        .contains(
            "damaged data was read and not used: Checkpoint file /data/partitions/1/x.sst: its"
                + " content is altered. Start the node again: it verifies its files and heals from"
                + " the other replicas");
    assertThat(LastWords.of(new IllegalStateException(new UnreadableBytes("no row")), DATA))
        .hasValueSatisfying(words -> assertThat(words).startsWith("damaged data"));
  }

  @Test
  void a_fault_of_ours_is_no_fault_of_the_disk() {
    assertThat(LastWords.of(new IllegalStateException("an invariant is broken"), DATA)).isEmpty();
  }

  /** A container whose volume belongs to root said only "tern: /data/node". */
  @Test
  void a_folder_that_cannot_be_used_is_told_with_the_reason() {
    assertThat(LastWords.ofStart(new AccessDeniedException("/data/node")))
        .isEqualTo("/data/node: access denied; the user of the node must own its data folder");
    assertThat(LastWords.ofStart(new NoSuchFileException("/data/node")))
        .isEqualTo("/data/node: NoSuchFileException");
    assertThat(LastWords.ofStart(new IOException("port 9324 is in use")))
        .isEqualTo("port 9324 is in use");
  }
}

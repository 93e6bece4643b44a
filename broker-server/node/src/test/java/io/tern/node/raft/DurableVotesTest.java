package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.ratis.util.AtomicFileOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vote is on disk, its folder too, before anybody hears of it. */
class DurableVotesTest {
  @TempDir Path folder;

  @Test
  void the_class_that_is_loaded_is_ours() {
    assertThatCode(DurableVotes::check).doesNotThrowAnyException();
  }

  /** Watches the force calls of a real server that starts and votes for itself. */
  @Test
  void a_vote_forces_the_file_and_then_its_folder() throws Exception {
    Path dump = folder.resolve("forces.jfr");
    Path current;
    try (Recording recording = new Recording();
        TestCluster cluster = TestCluster.of(folder.resolve("nodes"), 1)) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      recording.start();
      TestNode node = cluster.start("n0");
      TestCluster.until(node::leads);
      current = node.current().toAbsolutePath();
      recording.stop();
      recording.dump(dump);
    }
    List<String> forced =
        RecordingFile.readAllEvents(dump).stream()
            .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
            .sorted(Comparator.comparing(RecordedEvent::getStartTime))
            .map(event -> event.getString("path"))
            .toList();
    String vote = current.resolve("raft-meta.tmp").toString();
    assertThat(forced).contains(vote);
    assertThat(forced.subList(forced.lastIndexOf(vote), forced.size()))
        .contains(current.toString());
    assertThat(current.resolve("raft-meta")).content().contains("votedFor=n0");
  }

  @Test
  void a_file_is_replaced_as_a_whole() throws IOException {
    File file = folder.resolve("vote").toFile();
    write(file, "one");
    write(file, "two, longer");
    assertThat(file).hasContent("two, longer");
    assertThat(AtomicFileOutputStream.getTemporaryFile(file)).doesNotExist();
  }

  @Test
  void an_aborted_write_leaves_the_old_content() throws IOException {
    File file = folder.resolve("vote").toFile();
    write(file, "one");
    AtomicFileOutputStream out = new AtomicFileOutputStream(file);
    out.write("two".getBytes(StandardCharsets.UTF_8));
    out.abort();
    assertThat(out.isClosed()).isTrue();
    assertThat(file).hasContent("one");
    assertThat(AtomicFileOutputStream.getTemporaryFile(file)).doesNotExist();
  }

  @Test
  void a_failed_rename_leaves_the_old_content() throws IOException {
    Path taken = folder.resolve("taken");
    Path target = Files.createDirectories(taken.resolve("by a folder"));
    File file = taken.toFile();
    AtomicFileOutputStream out = new AtomicFileOutputStream(file);
    out.write(1);
    assertThatThrownBy(out::close).isInstanceOf(IOException.class);
    assertThat(target).isDirectory();
    assertThat(AtomicFileOutputStream.getTemporaryFile(file)).doesNotExist();
  }

  private static void write(File file, String content) throws IOException {
    try (AtomicFileOutputStream out = new AtomicFileOutputStream(file)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }
}

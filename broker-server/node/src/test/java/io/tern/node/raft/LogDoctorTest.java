package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages a real log in every way that a power cut or a rotten disk can, and starts again. */
class LogDoctorTest {
  private static final int ACKNOWLEDGED = 60;

  /** Memory that leaves the least to each segment. */
  private static final long SMALL_SEGMENTS = 16 << 20;

  private static final LogDoctor DOCTOR = new LogDoctor(RaftSettings.APPEND_BYTES);

  @TempDir static Path original;
  private static long hash;

  @TempDir Path folder;
  private TestCluster cluster;
  private Path current;

  @BeforeAll
  static void writeALogOfSeveralSegments() throws Exception {
    try (TestCluster cluster = cluster(original)) {
      TestNode node = cluster.start("n0");
      TestCluster.until(node::leads);
      node.installQueue().get(10, TimeUnit.SECONDS);
      Random random = new Random(7);
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        byte[] body = new byte[i % 3 == 0 ? 900_000 : 300];
        random.nextBytes(body);
        node.send(body).get(10, TimeUnit.SECONDS);
      }
      hash = node.hash();
    }
  }

  @BeforeEach
  void copyTheLog() throws IOException {
    cluster = cluster(folder);
    Path from = TestNode.current(original.resolve("n0"));
    current = TestNode.current(folder.resolve("n0"));
    Files.createDirectories(current);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, current.resolve(String.valueOf(file.getFileName())));
      }
    }
    assertThat(segments()).hasSizeGreaterThan(3);
  }

  private static TestCluster cluster(Path folder) {
    return new TestCluster(
        folder,
        1,
        settings ->
            new RaftSettings(settings.data(), SMALL_SEGMENTS, 150, 300, 10, 20, 64 << 20, 600_000),
        MachineFactory::real);
  }

  @Test
  void a_clean_log_is_not_touched() throws Exception {
    SortedMap<String, Long> before = digests();
    DOCTOR.examine(current, -1);
    assertThat(digests()).isEqualTo(before);
    startsWithEverything();
  }

  @Test
  void garbage_after_the_last_entry_is_cut() throws Exception {
    SegmentFile open = openSegment();
    long end = whole(open).endOffset();
    byte[] garbage = new byte[3_000];
    new Random(1).nextBytes(garbage);
    overwrite(open, end, garbage);
    startsWithEverything();
  }

  @Test
  void an_entry_whose_second_half_is_zero_is_cut() throws Exception {
    SegmentFile open = openSegment();
    long end = whole(open).endOffset();
    appendHalfAnEntry(open, end, true);
    startsWithEverything();
  }

  @Test
  void an_entry_that_ends_with_the_file_is_cut() throws Exception {
    SegmentFile open = openSegment();
    long end = whole(open).endOffset();
    appendHalfAnEntry(open, end, false);
    startsWithEverything();
  }

  @Test
  void a_flipped_bit_in_the_middle_is_refused() throws Exception {
    for (SegmentFile segment : segments()) {
      byte[] all = Files.readAllBytes(segment.path());
      long middle = Math.min(whole(segment).endOffset(), all.length) / 2;
      flip(segment, middle);
      refusedUntouched(segment.path());
      flip(segment, middle);
    }
    startsWithEverything();
  }

  @Test
  void a_lost_header_is_refused() throws Exception {
    SegmentFile open = openSegment();
    byte[] header = new byte[8];
    overwrite(open, 0, header);
    refusedUntouched(open.path());
  }

  @Test
  void a_segment_that_ends_too_early_is_refused() throws Exception {
    SegmentFile first = segments().getFirst();
    try (FileChannel channel = FileChannel.open(first.path(), StandardOpenOption.WRITE)) {
      channel.truncate(8);
    }
    refusedUntouched(first.path());
  }

  @Test
  void a_missing_segment_is_refused() throws Exception {
    List<SegmentFile> segments = segments();
    Files.delete(segments.get(segments.size() / 2).path());
    refusedUntouched(current);
  }

  @Test
  void a_log_that_begins_after_the_checkpoint_is_refused() throws Exception {
    Files.delete(segments().getFirst().path());
    refusedUntouched(current);
  }

  @Test
  void a_broken_tail_that_a_checkpoint_holds_is_refused() throws Exception {
    SegmentFile open = openSegment();
    SegmentFile.Finding.Whole whole = whole(open);
    overwrite(open, whole.endOffset(), new byte[] {1, 2, 3});
    SortedMap<String, Long> before = digests();
    assertThatThrownBy(() -> DOCTOR.examine(current, whole.lastIndex() + 5))
        .isInstanceOf(LogDamaged.class);
    assertThat(digests()).isEqualTo(before);
  }

  @Test
  void the_rest_of_an_interrupted_purge_is_removed() throws Exception {
    List<SegmentFile> segments = segments();
    Files.delete(segments.get(1).path());
    DOCTOR.examine(current, segments.get(2).firstIndex());
    assertThat(segments()).isEqualTo(segments.subList(2, segments.size()));
  }

  private void startsWithEverything() throws Exception {
    TestNode node = cluster.start("n0");
    TestCluster.until(node::leads);
    assertThat(node.hash()).isEqualTo(hash);
    assertThat(node.send(new byte[10]).get(10, TimeUnit.SECONDS).replies())
        .containsExactly(new Reply.MessageAccepted(ACKNOWLEDGED + 1));
    assertThat(node.fatal).isEmpty();
    cluster.stop(node);
  }

  private void refusedUntouched(Path named) throws IOException {
    SortedMap<String, Long> before = digests();
    try (TestNode node = cluster.node("n0")) {
      assertThatThrownBy(node::start)
          .isInstanceOf(PartitionDamaged.class)
          .hasCauseInstanceOf(LogDamaged.class)
          .hasMessageContaining(named.toString())
          .hasMessageContaining("entry ");
    }
    assertThat(digests()).isEqualTo(before);
  }

  private List<SegmentFile> segments() throws IOException {
    try (Stream<Path> files = Files.list(current)) {
      return files
          .flatMap(path -> SegmentFile.of(path).stream())
          .sorted((a, b) -> Long.compare(a.firstIndex(), b.firstIndex()))
          .toList();
    }
  }

  private SegmentFile openSegment() throws IOException {
    SegmentFile last = segments().getLast();
    assertThat(last.isOpen()).isTrue();
    return last;
  }

  private static SegmentFile.Finding.Whole whole(SegmentFile segment) throws IOException {
    return (SegmentFile.Finding.Whole) segment.read(RaftSettings.APPEND_BYTES);
  }

  /** What a power cut leaves when only the first half of the next entry reached the disk. */
  private static void appendHalfAnEntry(SegmentFile open, long end, boolean zerosFollow)
      throws IOException {
    byte[] all = Files.readAllBytes(open.path());
    byte[] copy = Arrays.copyOfRange(all, 8, 8 + 150);
    try (FileChannel channel = FileChannel.open(open.path(), StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.write(ByteBuffer.wrap(copy), end);
      if (zerosFollow) {
        channel.write(ByteBuffer.wrap(new byte[100_000]), end + copy.length);
      }
    }
  }

  private static void overwrite(SegmentFile segment, long offset, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), offset);
    }
  }

  private static void flip(SegmentFile segment, long offset) throws IOException {
    byte[] all = Files.readAllBytes(segment.path());
    overwrite(segment, offset, new byte[] {(byte) (all[(int) offset] ^ 4)});
  }

  /** Of all files of the log, by name. */
  private SortedMap<String, Long> digests() throws IOException {
    SortedMap<String, Long> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(current)) {
      for (Path file : files.toList()) {
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        digests.put(String.valueOf(file.getFileName()), crc.getValue());
      }
    }
    return digests;
  }
}

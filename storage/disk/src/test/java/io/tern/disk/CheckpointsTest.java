package io.tern.disk;

import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.Samples.emptyImage;
import static io.tern.disk.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoint is the newest whole one, and which are deleted. */
class CheckpointsTest {
  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();

  @BeforeEach
  void writeThreeCheckpoints() {
    PartitionStore store = open("live");
    for (long index = 9; index <= 11; index++) {
      store.write(at(index), List.of(stored(ORDERS, index, "m" + index)));
      store.checkpoint(checkpoints().place(at(index)), at(index), emptyImage());
    }
  }

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  private PartitionStore open(String live) {
    PartitionStore store = PartitionStore.open(folder.resolve(live), null, settings);
    opened.add(store);
    return store;
  }

  private PartitionStore openFrom(Path checkpoint) {
    PartitionStore store = PartitionStore.open(folder.resolve("again"), checkpoint, settings);
    opened.add(store);
    return store;
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(folder.resolve("checkpoints"));
  }

  private Path place(long index) {
    return checkpoints().place(at(index));
  }

  private Path fileIn(long index, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(place(index))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    // A linked table is shared with other checkpoints: replace it, do not write into it.
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void theNewestIsTheOneWithTheHighestIndexNotTheLastName() {
    assertThat(checkpoints().newest()).contains(new Checkpoints.Kept(place(11), at(11)));
    assertThat(new Checkpoints(folder.resolve("nowhere")).newest()).isEmpty();
  }

  @Test
  void twoAreKept() {
    checkpoints().deleteOld();

    assertThat(place(9)).doesNotExist();
    assertThat(place(10)).exists();
    assertThat(place(11)).exists();
    assertThat(openFrom(place(10)).applied()).isEqualTo(at(10));
  }

  @Test
  void aDamagedOneIsPassedOverAndDoesNotCountAsKept() throws IOException {
    flipLastByte(fileIn(11, CheckpointManifest.FILE_NAME));
    assertThat(checkpoints().newest()).contains(new Checkpoints.Kept(place(10), at(10)));

    checkpoints().deleteOld();

    assertThat(place(9)).exists();
    assertThat(place(10)).exists();
  }

  @Test
  void halfWrittenOnesAreNeverTakenAndGo() throws IOException {
    Path partial = folder.resolve("checkpoints/3_12.partial");
    Path partialOfRocks = folder.resolve("checkpoints/3_12.partial.tmp");
    Files.move(place(11), partial);
    Files.createDirectories(partialOfRocks);
    assertThat(checkpoints().newest()).contains(new Checkpoints.Kept(place(10), at(10)));

    checkpoints().deleteOld();

    assertThat(partial).doesNotExist();
    assertThat(partialOfRocks).doesNotExist();
    assertThat(place(10)).exists();
  }

  @Test
  void everyKindOfDamageIsRefusedAndNamesTheFile() throws IOException {
    Path altered = fileIn(9, ".sst");
    flipLastByte(altered);
    refused(9, altered, "altered");

    Path missing = fileIn(10, ".sst");
    Files.delete(missing);
    refused(10, missing, "missing");

    Path shortened = fileIn(11, "CURRENT");
    Files.write(shortened, new byte[] {1});
    refused(11, shortened, "1 bytes long");

    Files.delete(fileIn(11, CheckpointManifest.FILE_NAME));
    refused(11, place(11).resolve(CheckpointManifest.FILE_NAME), "incomplete");
  }

  private void refused(long index, Path file, String why) {
    assertThatThrownBy(() -> openFrom(place(index)))
        .isInstanceOfSatisfying(
            DamagedCheckpoint.class, damaged -> assertThat(damaged.file()).isEqualTo(file))
        .hasMessageContaining(why);
  }

  @Test
  void aCheckpointUnderAWrongNameIsPassedOver() throws IOException {
    Files.move(place(11), checkpoints().place(at(12)));

    assertThat(checkpoints().newest()).contains(new Checkpoints.Kept(place(10), at(10)));
  }

  @Test
  void aCheckpointCanBeTakenToAnotherFolder() throws IOException {
    Path copy = folder.resolve("copied");
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(place(11))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }

    assertThat(openFrom(copy).reader().read(ORDERS, List.of(9L, 10L, 11L))).hasSize(3);
  }
}

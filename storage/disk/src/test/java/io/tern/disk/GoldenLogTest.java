package io.tern.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.partition.PartitionMachine;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Logs that earlier versions wrote come to the same state in this one, which their hash tells. A
 * log is a run of entries as they were encoded, each after its length in four bytes. Never change
 * such a file or its hash: data folders hold the like.
 */
class GoldenLogTest {
  private static final Path LOGS = Path.of("src", "test", "golden");

  @Test
  void messagesAndTopicsBeforeThereWasLogic() throws IOException {
    PartitionMachine machine = PartitionMachine.empty();
    replay("issue-5-partition", machine);
    assertThat(machine.hash()).isEqualTo(0x6cb8_70ea_5887_19b8L);
    assertThat(machine.logic()).isZero();
  }

  @Test
  void definitionsBeforeThereWereNodes() throws IOException {
    CatalogueMachine machine = CatalogueMachine.empty();
    replay("issue-5-catalogue", machine);
    assertThat(machine.hash()).isEqualTo(0x412_93e0_a008_23dfL);
    assertThat(machine.logic()).isZero();
    assertThat(machine.membership().nodes()).isEmpty();
    assertThat(machine.membership().placements()).isEmpty();
    assertThat(machine.dataPartitions()).isEqualTo(3);
  }

  /** The level is no part of the hash until it changes, and of nothing else before a gate asks. */
  @Test
  void aHigherLevelAloneChangesNothingElse() throws IOException {
    PartitionMachine plain = PartitionMachine.empty();
    PartitionMachine raised = PartitionMachine.empty();
    List<Entry> log = read("issue-5-partition");
    run(raised, new Entry(new EntryTime(0, 0), List.of(new Command.AdvanceLogic(1))));
    log.forEach(entry -> run(plain, entry));
    log.forEach(entry -> run(raised, entry));

    assertThat(raised.hash()).isNotEqualTo(plain.hash());
    assertThat(raised.image().queues()).isEqualTo(plain.image().queues());
    assertThat(raised.image().logic()).isEqualTo(1);
  }

  private static void replay(String name, ReplicatedMachine machine) throws IOException {
    List<Entry> log = read(name);
    assertThat(log).hasSize(480);
    log.forEach(entry -> run(machine, entry));
  }

  private static void run(ReplicatedMachine machine, Entry entry) {
    var _ =
        new EntryRunner(
                machine,
                (command, failure) -> {
                  throw new AssertionError("A rule failed on " + command, failure);
                })
            .run(entry);
  }

  private static List<Entry> read(String name) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(LOGS.resolve(name + ".log.gz")))))) {
      byte[] length = in.readNBytes(Integer.BYTES);
      while (length.length == Integer.BYTES) {
        byte[] entry = in.readNBytes(ByteBuffer.wrap(length).getInt());
        entries.add(CommandCodec.decodeEntry(entry));
        length = in.readNBytes(Integer.BYTES);
      }
    }
    return entries;
  }
}

package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.queue.Numbers;
import io.tern.state.queue.QueueImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** Prints what the disk layer costs. Not a test: run its main by hand, on a quiet machine. */
final class Measurements {
  private static final int SENDS = 64;
  private static final int BODY_BYTES = 256;
  private static final QueueId QUEUE = new QueueId(7);
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("tern-measurements");
    try (RocksSettings settings = new RocksSettings(RocksBudget.SMALL)) {
      codec();
      image();
      store(folder, settings);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Bytes body(Random random) {
    byte[] body = new byte[BODY_BYTES];
    random.nextBytes(body);
    return Bytes.of(body);
  }

  private static void codec() {
    Random random = new Random(1);
    List<Command> sends = new ArrayList<>();
    List<Command> deletes = new ArrayList<>();
    for (int i = 0; i < SENDS; i++) {
      sends.add(new Command.SendMessage(QUEUE, Command.QUEUE_DEFAULT, "", null, body(random)));
      deletes.add(new Command.DeleteMessage(QUEUE, 1_000_000 + i, 1));
    }
    EntryTime time = new EntryTime(3_600_000, 1_700_000_000_000L);
    Entry entry = new Entry(time, sends);
    Entry deleteEntry = new Entry(time, deletes);
    byte[] bytes = CommandCodec.encode(entry);
    byte[] deleteBytes = CommandCodec.encode(deleteEntry);
    List<byte[]> encoded = sends.stream().map(CommandCodec::encode).toList();
    micros("encode 64 sends", _ -> CommandCodec.encode(entry));
    micros("encode 64 sends one by one", _ -> sends.forEach(CommandCodec::encode));
    micros("join 64 encoded sends", _ -> CommandCodec.encode(time, encoded));
    micros("decode 64 sends", _ -> CommandCodec.decodeEntry(bytes));
    micros("encode 64 deletes", _ -> CommandCodec.encode(deleteEntry));
    micros("decode 64 deletes", _ -> CommandCodec.decodeEntry(deleteBytes));
  }

  private static void micros(String what, IntConsumer work) {
    final int warm = 50_000;
    final int measured = 50_000;
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 4; round++) {
      int times = round == 0 ? warm : measured;
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        work.accept(i);
      }
      best = Math.min(best, (System.nanoTime() - start) / NANOS_PER_MICRO / times);
    }
    System.out.printf("%-40s %8.1f us%n", what, best);
  }

  private static PartitionImage largeImage() {
    List<QueueImage.TouchedMessage> touched = new ArrayList<>();
    for (int i = 0; i < 120_000; i++) {
      touched.add(
          new QueueImage.TouchedMessage(
              3 * i + 1,
              3_600_000 + i / 9,
              1 + i % 3,
              3_570_000 + i / 9,
              1_700_000_000_000L + i,
              "",
              null,
              0));
    }
    return Samples.image(
        Samples.queueImage(
            QUEUE,
            2_000_000,
            List.of(new QueueImage.MessageRange(400_000, 1_400_000)),
            touched,
            List.of()));
  }

  private static PartitionImage fifoImage(int groups, int messagesOfEach) {
    List<QueueImage.GroupImage> images = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      long[] numbers = new long[messagesOfEach];
      for (int i = 0; i < messagesOfEach; i++) {
        numbers[i] = 1 + group + (long) i * groups;
      }
      images.add(new QueueImage.GroupImage("customer-" + group, Numbers.of(numbers), 0, 0));
    }
    return Samples.image(Samples.fifoImage(QUEUE, 2_000_000, List.of(), images));
  }

  private static void image() {
    encode("120,000 in flight", largeImage());
    encode("200,000 groups", fifoImage(200_000, 1));
    encode("one group of 1,000,000", fifoImage(1, 1_000_000));
  }

  private static void encode(String what, PartitionImage image) {
    for (int round = 0; round < 8; round++) {
      long[] bytes = {0};
      long start = System.nanoTime();
      try {
        IndexImage.write(image, (key, value) -> bytes[0] += key.length + value.length);
      } catch (org.rocksdb.RocksDBException e) {
        throw new IllegalStateException(e);
      }
      if (round == 7) {
        millis("encode image, " + what + ", " + bytes[0] + " bytes", start);
      }
    }
  }

  private static void store(Path folder, RocksSettings settings) {
    Random random = new Random(2);
    long start = System.nanoTime();
    PartitionStore store = PartitionStore.open(folder.resolve("live"), null, settings);
    millis("open a new store", start);
    long index = 0;
    long number = 1;
    for (int round = 0; round < 6; round++) {
      long spent = 0;
      final int entries = 1_000;
      for (int i = 0; i < entries; i++) {
        List<Change> changes = new ArrayList<>(SENDS + 1);
        changes.add(new Change.ClockAdvanced(new EntryTime(index, index), index));
        for (int send = 0; send < SENDS; send++) {
          changes.add(
              new Change.MessageStored(
                  QUEUE, number++, 0, 1_700_000_000_000L, 1, "", body(random)));
        }
        long before = System.nanoTime();
        store.write(Samples.at(++index), changes);
        spent += System.nanoTime() - before;
      }
      System.out.printf("%-40s %8.1f us%n", "write 64 sends", spent / NANOS_PER_MICRO / entries);
      boolean prepared = round % 2 == 1;
      if (prepared) {
        start = System.nanoTime();
        store.prepareCheckpoint();
        millis("prepare (another thread's)", start);
      }
      start = System.nanoTime();
      store.checkpoint(folder.resolve("c" + round), Samples.at(index), Samples.emptyImage());
      millis(prepared ? "checkpoint pause, prepared" : "checkpoint pause, not prepared", start);
    }
    start = System.nanoTime();
    store.checkpoint(folder.resolve("large"), Samples.at(index), largeImage());
    millis("checkpoint with 120,000 in flight", start);
    reads(store, number);
    store.close();
    start = System.nanoTime();
    PartitionStore again =
        PartitionStore.open(folder.resolve("live"), folder.resolve("large"), settings);
    millis("open a checkpoint of 100 MB, all read", start);
    start = System.nanoTime();
    boolean found = again.image().isPresent();
    millis("read its image, found " + found, start);
    removals(again, index);
    again.close();
  }

  private static void reads(PartitionStore store, long numbers) {
    Random random = new Random(3);
    micros("read one message", _ -> store.reader().read(QUEUE, 1 + random.nextLong(numbers - 1)));
  }

  private static void removals(PartitionStore store, long from) {
    long index = from;
    long spent = 0;
    final int entries = 1_000;
    for (int i = 0; i < entries; i++) {
      List<Change> changes = new ArrayList<>(SENDS);
      for (int send = 0; send < SENDS; send++) {
        changes.add(new Change.MessageRemoved(QUEUE, 1 + i * (long) SENDS + send));
      }
      long before = System.nanoTime();
      store.write(Samples.at(++index), changes);
      spent += System.nanoTime() - before;
    }
    System.out.printf("%-40s %8.1f us%n", "write 64 removals", spent / NANOS_PER_MICRO / entries);
  }

  private static void millis(String what, long startNanos) {
    System.out.printf("%-40s %8.1f ms%n", what, (System.nanoTime() - startNanos) / NANOS_PER_MILLI);
  }

  private Measurements() {}
}

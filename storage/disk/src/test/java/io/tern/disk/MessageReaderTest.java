package io.tern.disk;

import static io.tern.disk.Samples.ELSEWHERE;
import static io.tern.disk.Samples.ORDERS;
import static io.tern.disk.Samples.PAYMENTS;
import static io.tern.disk.Samples.at;
import static io.tern.disk.Samples.message;
import static io.tern.disk.Samples.parked;
import static io.tern.disk.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside the writer and beside close. A mistake here ends the JVM, not only the test. */
class MessageReaderTest {
  private static final int READERS = 3;
  private static final int ROUNDS = 15;
  private static final int ENTRIES = 200;

  @TempDir Path folder;

  @Test
  void readersSeeWhatIsWrittenAndSurviveClose() throws ExecutionException, InterruptedException {
    try (RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
        ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        PartitionStore store = PartitionStore.open(folder.resolve("live"), null, settings);
        AtomicLong written = new AtomicLong();
        List<Future<Long>> reads = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
          reads.add(threads.submit(() -> readUntilClosed(store, written)));
        }
        for (long index = 1; index <= ENTRIES; index++) {
          List<Change> changes =
              List.of(
                  stored(ORDERS, index, "m" + index),
                  stored(PAYMENTS, index, "p" + index),
                  parked(PAYMENTS, index, index));
          store.write(at(index), changes);
          written.set(index);
        }
        store.close();
        for (Future<Long> read : reads) {
          assertThat(read.get()).isNotNegative();
        }
      }
    }
  }

  private static long readUntilClosed(PartitionStore store, AtomicLong written) {
    long reads = 0;
    try {
      while (true) {
        long newest = written.get();
        if (newest > 0) {
          long number = 1 + reads % newest;
          assertThat(store.reader().read(ORDERS, number)).contains(message(number, "m" + number));
          assertThat(store.reader().parked(ELSEWHERE, number))
              .contains(message(number, "p" + number));
          assertThat(store.reader().read(PAYMENTS, number)).isEmpty();
          reads++;
        }
        Thread.onSpinWait();
      }
    } catch (StoreClosed closed) {
      return reads;
    }
  }
}

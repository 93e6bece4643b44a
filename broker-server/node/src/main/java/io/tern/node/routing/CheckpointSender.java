package io.tern.node.routing;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tern.node.raft.PinnedCheckpoint;
import io.tern.proto.peer.CheckpointChunk;
import io.tern.state.PartitionId;
import io.tern.state.limits.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams the newest checkpoint of a partition to a node that fell behind. Runs on the pool for
 * disk reads and waits whenever the other side is slow.
 */
public final class CheckpointSender {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSender.class);

  private final Function<PartitionId, PinnedCheckpoint> pin;
  private final Executor pool;

  public CheckpointSender(Function<PartitionId, PinnedCheckpoint> pin, Executor pool) {
    this.pin = pin;
    this.pool = pool;
  }

  void send(PartitionId partition, StreamObserver<CheckpointChunk> chunks) {
    if (!(chunks instanceof ServerCallStreamObserver<CheckpointChunk> call)) {
      throw new IllegalStateException("a server's stream of another kind");
    }
    Object ready = new Object();
    call.setOnReadyHandler(() -> wake(ready));
    call.setOnCancelHandler(() -> wake(ready));
    pool.execute(() -> stream(partition, call, ready));
  }

  private void stream(
      PartitionId partition, ServerCallStreamObserver<CheckpointChunk> call, Object ready) {
    try (PinnedCheckpoint pinned = pin.apply(partition)) {
      for (Path file : files(pinned.folder())) {
        streamFile(pinned.folder(), file, call, ready);
      }
      call.onCompleted();
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "checkpoint not sent partition={} reason={}", partition.number(), failure.toString());
      if (!call.isCancelled()) {
        call.onError(Status.UNAVAILABLE.withDescription(failure.toString()).asRuntimeException());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void streamFile(
      Path directory, Path file, ServerCallStreamObserver<CheckpointChunk> call, Object ready)
      throws IOException, InterruptedException {
    String name = directory.getFileName() + "/" + directory.relativize(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] data = in.readNBytes(Limits.CHECKPOINT_CHUNK_BYTES);
      do {
        awaitReady(call, ready);
        call.onNext(
            CheckpointChunk.newBuilder()
                .setFile(name)
                .setData(UnsafeByteOperations.unsafeWrap(data))
                .build());
        data = in.readNBytes(Limits.CHECKPOINT_CHUNK_BYTES);
      } while (data.length > 0);
    }
  }

  private static void awaitReady(ServerCallStreamObserver<CheckpointChunk> call, Object ready)
      throws IOException, InterruptedException {
    synchronized (ready) {
      while (!call.isReady()) {
        if (call.isCancelled()) {
          throw new IOException("the other node has gone");
        }
        ready.wait(1_000);
      }
    }
  }

  private static void wake(Object ready) {
    synchronized (ready) {
      ready.notifyAll();
    }
  }
}

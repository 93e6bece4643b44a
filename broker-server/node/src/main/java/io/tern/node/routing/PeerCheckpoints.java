package io.tern.node.routing;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.tern.node.raft.CheckpointFetcher;
import io.tern.node.raft.Standing;
import io.tern.proto.peer.CheckpointChunk;
import io.tern.proto.peer.CheckpointRequest;
import io.tern.proto.peer.PeerGrpc;
import io.tern.proto.peer.PreparedCheckpoint;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks leaders for checkpoints and fetches them into a local folder, file by file. */
public final class PeerCheckpoints implements CheckpointFetcher {
  /** A leader needs that long at most to make a checkpoint. */
  private static final long PREPARE_SECONDS = 65;

  private final PeerClient peers;

  public PeerCheckpoints(PeerClient peers) {
    this.peers = peers;
  }

  @Override
  public CompletableFuture<Path> fetch(PartitionId partition, String leader, Path into) {
    ManagedChannel channel = peers.channel(leader).orElse(null);
    if (channel == null) {
      return CompletableFuture.failedFuture(new IOException("unknown node " + leader));
    }
    Arrival arrival = new Arrival(into);
    PeerGrpc.newStub(channel)
        .fetchCheckpoint(
            CheckpointRequest.newBuilder().setPartition(partition.number()).build(), arrival);
    return arrival.done;
  }

  @Override
  public CompletableFuture<Standing> prepare(PartitionId partition, String node) {
    ManagedChannel channel = peers.channel(node).orElse(null);
    if (channel == null) {
      return CompletableFuture.failedFuture(new IOException("unknown node " + node));
    }
    Answer answer = new Answer();
    PeerGrpc.newStub(channel)
        .withDeadlineAfter(PREPARE_SECONDS, TimeUnit.SECONDS)
        .prepareCheckpoint(
            CheckpointRequest.newBuilder().setPartition(partition.number()).build(), answer);
    return answer.done;
  }

  /** The one answer to a question. */
  private static final class Answer implements StreamObserver<PreparedCheckpoint> {
    private final CompletableFuture<Standing> done = new CompletableFuture<>();

    @Override
    public void onNext(PreparedCheckpoint told) {
      String leader = told.getLeader().isEmpty() ? null : told.getLeader();
      done.complete(new Standing(told.getLeads(), told.getTerm(), leader, told.getIndex()));
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      done.completeExceptionally(new IOException("no answer"));
    }
  }

  /** The chunks as they come; the files are made durable when the checkpoint is installed. */
  private static final class Arrival implements StreamObserver<CheckpointChunk> {
    private final Path into;
    private final CompletableFuture<Path> done = new CompletableFuture<>();
    private String file = "";
    private @Nullable OutputStream out;

    Arrival(Path into) {
      this.into = into;
    }

    @Override
    public void onNext(CheckpointChunk chunk) {
      try {
        if (!chunk.getFile().equals(file)) {
          close();
          file = chunk.getFile();
          out = open(file);
        }
        if (out != null) {
          chunk.getData().writeTo(out);
        }
      } catch (IOException failure) {
        done.completeExceptionally(failure);
      }
    }

    private OutputStream open(String name) throws IOException {
      Path path = into.resolve(name).normalize();
      if (!path.startsWith(into)) {
        throw new IOException("a checkpoint's file leaves its folder: " + name);
      }
      Files.createDirectories(path.getParent());
      return Files.newOutputStream(path);
    }

    @Override
    public void onError(Throwable failure) {
      closeQuietly();
      done.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      try {
        close();
        done.complete(into.resolve(file.substring(0, Math.max(0, file.indexOf('/')))));
      } catch (IOException failure) {
        done.completeExceptionally(failure);
      }
    }

    private void close() throws IOException {
      if (out != null) {
        out.close();
        out = null;
      }
    }

    private void closeQuietly() {
      try {
        close();
      } catch (IOException failure) {
        done.completeExceptionally(failure);
      }
    }
  }
}

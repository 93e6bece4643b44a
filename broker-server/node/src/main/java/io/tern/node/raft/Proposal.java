package io.tern.node.raft;

import io.tern.state.AppliedEntry;
import io.tern.state.Entry;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way through Ratis on the leader. Ratis hands the same object to {@link Replica}
 * when it appends and when it applies, so that the entry need not be parsed and its replies find
 * their callers. After a change of leader it does not come back.
 */
final class Proposal implements Message {
  private final EncodedEntry entry;
  private final ByteString content;
  private final CompletableFuture<AppliedEntry> outcome = new CompletableFuture<>();
  private volatile boolean mayBeInLog;

  Proposal(EncodedEntry entry) {
    this.entry = entry;
    this.content = UnsafeByteOperations.unsafeWrap(entry.bytes().array());
  }

  /** The proposal that this request carries, or null when it came from elsewhere. */
  static @Nullable Proposal in(@Nullable RaftClientRequest request) {
    return request != null && request.getMessage() instanceof Proposal proposal ? proposal : null;
  }

  /** The proposal of this transaction, or null on a follower and after a restart. */
  static @Nullable Proposal in(TransactionContext transaction) {
    return in(transaction.getClientRequest());
  }

  @Override
  public ByteString getContent() {
    return content;
  }

  Entry entry() {
    return entry.entry();
  }

  CompletableFuture<AppliedEntry> outcome() {
    return outcome;
  }

  /** From here on a failure says nothing about what will become of the entry. */
  void enterLog() {
    mayBeInLog = true;
  }

  boolean mayBeInLog() {
    return mayBeInLog;
  }

  /** Applied here, on the apply thread: what depends on the outcome runs there. */
  void applied(AppliedEntry applied) {
    outcome.complete(applied);
  }

  void failed(@Nullable Throwable failure) {
    outcome.completeExceptionally(RaftErrors.ofEntry(mayBeInLog, failure));
  }
}

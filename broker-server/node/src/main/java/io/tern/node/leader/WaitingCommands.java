package io.tern.node.leader;

import io.tern.disk.CommandCodec;
import io.tern.state.Command;
import io.tern.state.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What one caller of a {@link CommandBatcher} wants in one entry, and where its replies go. */
sealed interface WaitingCommands {

  int count();

  /** What they add to an entry. */
  int entryBytes();

  void addTo(List<Command> commands, List<byte[]> encoded);

  /** The replies of the whole entry; those of this caller begin at {@code from}. */
  void answered(List<Reply> replies, int from);

  void failed(Throwable reason);

  /** A single command, by far the most frequent. */
  final class One implements WaitingCommands {
    private final Command command;
    private final byte[] encoded;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    One(Command command, byte[] encoded) {
      this.command = command;
      this.encoded = encoded;
    }

    CompletableFuture<Reply> reply() {
      return reply;
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public int entryBytes() {
      return CommandCodec.entryBytes(encoded.length);
    }

    @Override
    public void addTo(List<Command> commands, List<byte[]> all) {
      commands.add(command);
      all.add(encoded);
    }

    @Override
    public void answered(List<Reply> replies, int from) {
      reply.complete(replies.get(from));
    }

    @Override
    public void failed(Throwable reason) {
      reply.completeExceptionally(reason);
    }
  }

  /** The commands of a batch request. */
  final class Several implements WaitingCommands {
    private final List<Command> commands;
    private final List<byte[]> encoded;
    private final int entryBytes;
    private final CompletableFuture<List<Reply>> replies = new CompletableFuture<>();

    Several(List<Command> commands, List<byte[]> encoded) {
      this.commands = commands;
      this.encoded = encoded;
      this.entryBytes =
          encoded.stream().mapToInt(each -> CommandCodec.entryBytes(each.length)).sum();
    }

    CompletableFuture<List<Reply>> replies() {
      return replies;
    }

    @Override
    public int count() {
      return commands.size();
    }

    @Override
    public int entryBytes() {
      return entryBytes;
    }

    @Override
    public void addTo(List<Command> all, List<byte[]> allEncoded) {
      all.addAll(commands);
      allEncoded.addAll(encoded);
    }

    @Override
    public void answered(List<Reply> all, int from) {
      replies.complete(List.copyOf(all.subList(from, from + count())));
    }

    @Override
    public void failed(Throwable reason) {
      replies.completeExceptionally(reason);
    }
  }
}

package io.tern.disk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.log.LogEntry;
import io.tern.proto.log.LoggedCommand;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Log entries and commands to and from bytes. The batcher encodes, a follower's replica decodes,
 * the peer calls carry single commands. The schema is internal/log.proto.
 */
public final class CommandCodec {

  /** An entry as it goes into the log. */
  public static byte[] encode(Entry entry) {
    LogEntry.Builder words =
        LogEntry.newBuilder()
            .setQueueMillis(entry.time().queueMillis())
            .setWallMillis(entry.time().wallMillis());
    for (Command command : entry.commands()) {
      words.addCommands(CommandWords.words(command));
    }
    return words.build().toByteArray();
  }

  /** The same entry from commands that were encoded one by one, by their callers' threads. */
  public static byte[] encode(EntryTime time, List<byte[]> encodedCommands) {
    LogEntry head =
        LogEntry.newBuilder()
            .setQueueMillis(time.queueMillis())
            .setWallMillis(time.wallMillis())
            .build();
    int bytes = head.getSerializedSize();
    for (byte[] command : encodedCommands) {
      bytes += entryBytes(command.length);
    }
    byte[] entry = new byte[bytes];
    CodedOutputStream out = CodedOutputStream.newInstance(entry);
    try {
      head.writeTo(out);
      for (byte[] command : encodedCommands) {
        out.writeByteArray(LogEntry.COMMANDS_FIELD_NUMBER, command);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("An array of the exact size did not hold the entry.", e);
    }
    return entry;
  }

  /** What a command of so many encoded bytes adds to its entry. */
  public static int entryBytes(int commandBytes) {
    return CodedOutputStream.computeTagSize(LogEntry.COMMANDS_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(commandBytes)
        + commandBytes;
  }

  /** Reads an entry; throws {@link UnreadableBytes}. */
  public static Entry decodeEntry(byte[] bytes) {
    return decodeEntry(CodedInputStream.newInstance(bytes), bytes.length);
  }

  /** Reads an entry from what remains of the buffer, whose position does not move. */
  public static Entry decodeEntry(ByteBuffer bytes) {
    ByteBuffer view = bytes.duplicate();
    return decodeEntry(CodedInputStream.newInstance(view), bytes.remaining());
  }

  private static Entry decodeEntry(CodedInputStream in, int bytes) {
    try {
      // The content of a message is then copied once, from the entry into its own array.
      in.enableAliasing(true);
      LogEntry words = LogEntry.parseFrom(in);
      Known.all(words);
      List<Command> commands = new ArrayList<>(words.getCommandsCount());
      for (LoggedCommand command : words.getCommandsList()) {
        commands.add(CommandWords.command(command));
      }
      return new Entry(new EntryTime(words.getQueueMillis(), words.getWallMillis()), commands);
    } catch (IOException e) {
      throw new UnreadableBytes("A log entry of " + bytes + " bytes is damaged.", e);
    }
  }

  /** One command for a peer call, or as a part of an entry. */
  public static byte[] encode(Command command) {
    return CommandWords.words(command).toByteArray();
  }

  /** Reads one command; throws {@link UnreadableBytes}. */
  public static Command decodeCommand(byte[] bytes) {
    try {
      return CommandWords.command(LoggedCommand.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableBytes("A command of " + bytes.length + " bytes is damaged.", e);
    }
  }

  private CommandCodec() {}
}

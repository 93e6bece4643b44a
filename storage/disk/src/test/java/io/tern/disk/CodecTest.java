package io.tern.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.tern.proto.log.LogEntry;
import io.tern.proto.log.LoggedCommand;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Commands and replies to bytes and back, also as the generated classes read them. */
class CodecTest {
  private static final Command SEND =
      new Command.SendMessage(
          new QueueId(1), Command.QUEUE_DEFAULT, "", null, Samples.text("hello"));

  @Provide
  Arbitrary<Command> commands() {
    return CodecArbitraries.oneOf(CodecArbitraries.commands());
  }

  @Provide
  Arbitrary<Reply> replies() {
    return CodecArbitraries.oneOf(CodecArbitraries.replies());
  }

  @Provide
  Arbitrary<Entry> entries() {
    return Combinators.combine(CodecArbitraries.TIMES, commands().list().ofMaxSize(20))
        .as(Entry::new);
  }

  @Test
  void everyRecordHasAGenerator() {
    assertThat(kinds(CodecArbitraries.commands())).isEqualTo(records(Command.class));
    assertThat(kinds(CodecArbitraries.replies())).isEqualTo(records(Reply.class));
    assertThat(kinds(CodecArbitraries.crossings())).isEqualTo(records(Crossing.class));
  }

  private static Set<Class<?>> kinds(List<? extends Arbitrary<?>> generators) {
    Set<Class<?>> kinds = new HashSet<>();
    generators.forEach(generator -> kinds.add(generator.sample().getClass()));
    return kinds;
  }

  /** The records below a sealed type. */
  static Set<Class<?>> records(Class<?> type) {
    if (!type.isSealed()) {
      return Set.of(type);
    }
    Set<Class<?>> records = new HashSet<>();
    Arrays.stream(type.getPermittedSubclasses()).map(CodecTest::records).forEach(records::addAll);
    return records;
  }

  @Property
  void commandsComeBack(@ForAll("commands") Command command) {
    assertThat(CommandCodec.decodeCommand(CommandCodec.encode(command))).isEqualTo(command);
  }

  @Property
  void repliesComeBack(@ForAll("replies") Reply reply) {
    assertThat(ReplyCodec.decode(ReplyCodec.encode(reply))).isEqualTo(reply);
  }

  @Property
  void entriesComeBackFromArraysAndBuffers(@ForAll("entries") Entry entry) {
    byte[] bytes = CommandCodec.encode(entry);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 2).position(2).put(bytes);
    direct.position(2);

    assertThat(CommandCodec.decodeEntry(bytes)).isEqualTo(entry);
    assertThat(CommandCodec.decodeEntry(ByteBuffer.wrap(bytes).asReadOnlyBuffer()))
        .isEqualTo(entry);
    assertThat(CommandCodec.decodeEntry(direct)).isEqualTo(entry);
    assertThat(direct.position()).isEqualTo(2);
  }

  @Property
  void anEntryJoinedByHandIsTheSameAsTheGeneratedOne(@ForAll("entries") Entry entry)
      throws InvalidProtocolBufferException {
    List<byte[]> commands = entry.commands().stream().map(CommandCodec::encode).toList();
    byte[] joined = CommandCodec.encode(entry.time(), commands);

    assertThat(joined).isEqualTo(CommandCodec.encode(entry));
    assertThat(LogEntry.parseFrom(joined).getCommandsCount()).isEqualTo(entry.commands().size());
  }

  @Property
  void damagedEntriesAreRefusedOrReadButNeverBreakAnythingElse(
      @ForAll("entries") Entry entry, @ForAll int place, @ForAll byte value) {
    byte[] bytes = CommandCodec.encode(entry);
    if (bytes.length > 0) {
      bytes[Math.floorMod(place, bytes.length)] = value;
    }
    try {
      CommandCodec.decodeEntry(bytes);
    } catch (UnreadableBytes refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @Test
  void aTornEntryIsRefused() {
    byte[] bytes = CommandCodec.encode(new Entry(new EntryTime(1, 2), List.of(SEND)));

    assertThatThrownBy(() -> CommandCodec.decodeEntry(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("log entry");
  }

  @Test
  void aCommandOfALaterVersionIsRefused() {
    UnknownFieldSet later =
        UnknownFieldSet.newBuilder()
            .addField(
                99, UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build())
            .build();
    byte[] unknownKind = LoggedCommand.newBuilder().setUnknownFields(later).build().toByteArray();
    LoggedCommand.Builder unknownField = LoggedCommand.newBuilder();
    unknownField.getSendMessageBuilder().setQueue(1).setUnknownFields(later);

    assertThatThrownBy(() -> CommandCodec.decodeCommand(unknownKind))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("99");
    assertThatThrownBy(() -> CommandCodec.decodeCommand(unknownField.build().toByteArray()))
        .isInstanceOf(UnreadableBytes.class)
        .hasMessageContaining("SendMessage");
    assertThatThrownBy(() -> CommandCodec.decodeCommand(new byte[0]))
        .isInstanceOf(UnreadableBytes.class);
    assertThatThrownBy(() -> ReplyCodec.decode(new byte[0])).isInstanceOf(UnreadableBytes.class);
  }

  @Property
  void theSizeOfACommandInItsEntryIsKnownBeforehand(@ForAll("commands") Command command) {
    byte[] encoded = CommandCodec.encode(command);
    int without = CommandCodec.encode(new Entry(EntryTime.ZERO, List.of())).length;
    int with = CommandCodec.encode(new Entry(EntryTime.ZERO, List.of(command))).length;

    assertThat(CommandCodec.entryBytes(encoded.length)).isEqualTo(with - without);
  }
}

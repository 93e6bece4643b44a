package io.tern.node.routing;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.disk.CommandCodec;
import io.tern.disk.ReplyCodec;
import io.tern.disk.StoredMessage;
import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.ExecuteAnswer;
import io.tern.proto.peer.ExecuteCall;
import io.tern.proto.peer.InspectAnswer;
import io.tern.proto.peer.PeerAnswer;
import io.tern.proto.peer.PeerFailure;
import io.tern.proto.peer.ReceiveAnswer;
import io.tern.proto.peer.ReceiveCall;
import io.tern.proto.peer.ReceivedMessage;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls between nodes to Protobuf and back; the one place that knows both sides. */
final class PeerCodec {
  private PeerCodec() {}

  static ExecuteCall execute(List<Command> commands) {
    ExecuteCall.Builder call = ExecuteCall.newBuilder();
    for (Command command : commands) {
      call.addCommands(UnsafeByteOperations.unsafeWrap(CommandCodec.encode(command)));
    }
    return call.build();
  }

  static List<Command> commands(ExecuteCall call) {
    List<Command> commands = new ArrayList<>(call.getCommandsCount());
    for (ByteString bytes : call.getCommandsList()) {
      commands.add(CommandCodec.decodeCommand(bytes.toByteArray()));
    }
    return commands;
  }

  static ExecuteAnswer executed(List<Reply> replies) {
    ExecuteAnswer.Builder answer = ExecuteAnswer.newBuilder();
    for (Reply reply : replies) {
      answer.addReplies(UnsafeByteOperations.unsafeWrap(ReplyCodec.encode(reply)));
    }
    return answer.build();
  }

  static List<Reply> replies(ExecuteAnswer answer) {
    List<Reply> replies = new ArrayList<>(answer.getRepliesCount());
    for (ByteString bytes : answer.getRepliesList()) {
      replies.add(ReplyCodec.decode(bytes.toByteArray()));
    }
    return replies;
  }

  static ReceiveCall receive(ReceiveRequest request) {
    return ReceiveCall.newBuilder()
        .setQueue(request.queue().number())
        .setMaxMessages(request.maxMessages())
        .setVisibilityMillis(request.visibilityMillis())
        .setWaitMillis((int) request.waitMillis())
        .setAttemptId(request.attemptId())
        .build();
  }

  static ReceiveRequest request(ReceiveCall call) {
    return new ReceiveRequest(
        new QueueId(call.getQueue()),
        call.getMaxMessages(),
        call.getVisibilityMillis(),
        call.getWaitMillis(),
        call.getAttemptId());
  }

  static ReceiveAnswer received(ReceivedMessages received) {
    ReceiveAnswer.Builder answer = ReceiveAnswer.newBuilder();
    switch (received) {
      case ReceivedMessages.Refused refused ->
          answer.setRejection(
              ByteString.copyFrom(
                  ReplyCodec.encode(new Reply.Rejected(refused.code(), refused.detail()))));
      case ReceivedMessages.Messages messages -> {
        for (ReceivedMessages.Message message : messages.messages()) {
          answer.addMessages(message(message));
        }
      }
    }
    return answer.build();
  }

  private static ReceivedMessage message(ReceivedMessages.Message message) {
    StoredMessage stored = message.stored();
    ReceivedMessage.Builder told =
        ReceivedMessage.newBuilder()
            .setNumber(message.delivery().number())
            .setReceiveCount(message.delivery().receiveCount())
            .setFirstReceivedMillis(message.delivery().firstReceivedMillis())
            .setSentMillis(stored.sentMillis())
            .setGroup(stored.group())
            .setContent(UnsafeByteOperations.unsafeWrap(stored.plainContent().array()));
    QueueName source = stored.deadLetterSource();
    if (source != null) {
      told.setDeadLetterSource(MoveTaskCodec.name(source));
    }
    return told.build();
  }

  static ReceivedMessages received(ReceiveAnswer answer) {
    if (!answer.getRejection().isEmpty()) {
      Reply reply = ReplyCodec.decode(answer.getRejection().toByteArray());
      if (reply instanceof Reply.Rejected rejected) {
        return new ReceivedMessages.Refused(rejected.code(), rejected.detail());
      }
      throw new IllegalArgumentException("a rejection of another kind: " + reply);
    }
    List<ReceivedMessages.Message> messages = new ArrayList<>(answer.getMessagesCount());
    for (ReceivedMessage message : answer.getMessagesList()) {
      messages.add(message(message));
    }
    return new ReceivedMessages.Messages(messages);
  }

  private static ReceivedMessages.Message message(ReceivedMessage message) {
    return new ReceivedMessages.Message(
        new Delivery(
            message.getNumber(), message.getReceiveCount(), message.getFirstReceivedMillis()),
        new StoredMessage(
            message.getNumber(),
            message.getSentMillis(),
            message.getGroup(),
            message.hasDeadLetterSource()
                ? MoveTaskCodec.name(message.getDeadLetterSource())
                : null,
            Bytes.of(message.getContent().toByteArray())));
  }

  static InspectAnswer inspected(Optional<QueueCounts> counts) {
    InspectAnswer.Builder answer = InspectAnswer.newBuilder();
    counts.ifPresent(known -> {
      answer
          .setExists(true)
          .setVisible(known.visible())
          .setInFlight(known.inFlight())
          .setDelayed(known.delayed());
      known.tasks().forEach(task -> answer.addTasks(MoveTaskCodec.encode(task)));
    });
    return answer.build();
  }

  static Optional<QueueCounts> counts(InspectAnswer answer) {
    return answer.getExists()
        ? Optional.of(
            new QueueCounts(
                answer.getVisible(),
                answer.getInFlight(),
                answer.getDelayed(),
                answer.getTasksList().stream().map(MoveTaskCodec::decode).toList()))
        : Optional.empty();
  }

  static PeerAnswer failure(long id, RaftFailure failure) {
    PeerFailure.Builder told =
        PeerFailure.newBuilder()
            .setKind(
                switch (failure.kind()) {
                  case NOT_LEADER -> PeerFailure.Kind.NOT_LEADER;
                  case UNKNOWN -> PeerFailure.Kind.UNKNOWN_OUTCOME;
                  case UNAVAILABLE -> PeerFailure.Kind.UNAVAILABLE;
                });
    String hint = failure.leader();
    if (hint != null) {
      told.setLeaderHint(hint);
    }
    return PeerAnswer.newBuilder().setId(id).setFailure(told).build();
  }

  static RaftFailure failure(PeerFailure failure) {
    String hint = failure.getLeaderHint().isEmpty() ? null : failure.getLeaderHint();
    return switch (failure.getKind()) {
      case NOT_LEADER -> RaftFailure.notLeader(hint);
      case UNAVAILABLE -> RaftFailure.unavailable("The leader refused for want of room");
      case UNKNOWN_OUTCOME, KIND_UNSPECIFIED, UNRECOGNIZED ->
          RaftFailure.unknown("The leader was lost");
    };
  }
}

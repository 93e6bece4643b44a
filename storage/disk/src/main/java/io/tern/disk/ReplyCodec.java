package io.tern.disk;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.log.CommandReply;
import io.tern.proto.log.DefinitionTaken;
import io.tern.proto.log.DeliveriesTaken;
import io.tern.proto.log.Done;
import io.tern.proto.log.MessageAccepted;
import io.tern.proto.log.MessageRepeated;
import io.tern.proto.log.MessagesReceived;
import io.tern.proto.log.MoveTaskStands;
import io.tern.proto.log.Outdated;
import io.tern.proto.log.Rejected;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.TopicReply;
import io.tern.state.limits.ErrorCode;

/** Replies to and from bytes, for the calls between nodes. The schema is internal/log.proto. */
public final class ReplyCodec {

  public static byte[] encode(Reply reply) {
    CommandReply.Builder words = CommandReply.newBuilder();
    switch (reply) {
      case TopicReply ofTopic -> TopicReplyWords.put(ofTopic, words);
      case Reply.Done() -> words.setDone(Done.getDefaultInstance());
      case Reply.MessageAccepted accepted ->
          words.setMessageAccepted(MessageAccepted.newBuilder().setNumber(accepted.number()));
      case Reply.MessageRepeated repeated ->
          words.setMessageRepeated(
              MessageRepeated.newBuilder()
                  .setNumber(repeated.number())
                  .setIdHigh(repeated.id().high())
                  .setIdLow(repeated.id().low()));
      case Reply.MessagesReceived received ->
          words.setMessagesReceived(
              MessagesReceived.newBuilder()
                  .addAllDeliveries(Words.deliveries(received.deliveries())));
      case Reply.MoveTaskStands stands -> words.setMoveTaskStands(words(stands));
      case Reply.DefinitionTaken taken ->
          words.setDefinitionTaken(
              DefinitionTaken.newBuilder()
                  .setQueue(taken.queue().number())
                  .setPartition(taken.partition().number())
                  .setOutboxNumber(taken.outboxNumber()));
      case Reply.DeliveriesTaken taken ->
          words.setDeliveriesTaken(DeliveriesTaken.newBuilder().setUpTo(taken.upTo()));
      case Reply.Outdated() -> words.setOutdated(Outdated.getDefaultInstance());
      case Reply.Rejected rejected ->
          words.setRejected(
              Rejected.newBuilder().setCode(rejected.code().name()).setDetail(rejected.detail()));
    }
    return words.build().toByteArray();
  }

  /** Reads a reply; throws {@link UnreadableBytes}. */
  public static Reply decode(byte[] bytes) {
    try {
      return reply(CommandReply.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableBytes("A reply of " + bytes.length + " bytes is damaged.", e);
    }
  }

  private static Reply reply(CommandReply words) {
    return switch (words.getReplyCase()) {
      case DONE -> new Reply.Done();
      case MESSAGE_ACCEPTED -> new Reply.MessageAccepted(words.getMessageAccepted().getNumber());
      case MESSAGE_REPEATED -> repeated(words.getMessageRepeated());
      case MESSAGES_RECEIVED ->
          new Reply.MessagesReceived(
              Words.deliveriesOf(words.getMessagesReceived().getDeliveriesList()));
      case MOVE_TASK_STANDS -> stands(words.getMoveTaskStands());
      case DEFINITION_TAKEN -> {
        DefinitionTaken taken = words.getDefinitionTaken();
        yield new Reply.DefinitionTaken(
            new QueueId(taken.getQueue()),
            new PartitionId(taken.getPartition()),
            taken.getOutboxNumber());
      }
      case DELIVERIES_TAKEN -> new Reply.DeliveriesTaken(words.getDeliveriesTaken().getUpTo());
      case OUTDATED -> new Reply.Outdated();
      case TOPIC_TAKEN -> TopicReplyWords.taken(words.getTopicTaken());
      case SUBSCRIPTION_TAKEN -> TopicReplyWords.taken(words.getSubscriptionTaken());
      case TOPIC_STANDS -> TopicReplyWords.stands(words.getTopicStands());
      case REPLAY_STANDS -> TopicReplyWords.stands(words.getReplayStands());
      case REJECTED ->
          new Reply.Rejected(code(words.getRejected().getCode()), words.getRejected().getDetail());
      case REPLY_NOT_SET ->
          throw new UnreadableBytes("A reply of a kind this version does not know.");
    };
  }

  private static MoveTaskStands words(Reply.MoveTaskStands stands) {
    return MoveTaskStands.newBuilder()
        .setTask(MoveWords.task(stands.task()))
        .addAllUnresolved(Words.names(stands.unresolved()))
        .build();
  }

  private static Reply repeated(MessageRepeated words) {
    return new Reply.MessageRepeated(
        words.getNumber(), new MessageId(words.getIdHigh(), words.getIdLow()));
  }

  private static Reply stands(MoveTaskStands words) {
    return new Reply.MoveTaskStands(
        MoveWords.task(words.getTask()), Words.namesOf(words.getUnresolvedList()));
  }

  private static ErrorCode code(String name) {
    try {
      return ErrorCode.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableBytes("A rejection with the unknown error code " + name + ".", e);
    }
  }

  private ReplyCodec() {}
}

package io.tern.disk;

import io.tern.proto.log.CommandReply;
import io.tern.proto.log.ReplayStands;
import io.tern.proto.log.SubscriptionTaken;
import io.tern.proto.log.TopicStands;
import io.tern.proto.log.TopicTaken;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.TopicReply;
import io.tern.state.topic.Replay;

/** Replies about topics to and from Protobuf. Used by {@link ReplyCodec}. */
final class TopicReplyWords {

  static void put(TopicReply reply, CommandReply.Builder words) {
    switch (reply) {
      case TopicReply.TopicTaken taken ->
          words.setTopicTaken(
              TopicTaken.newBuilder()
                  .setTopic(taken.topic().number())
                  .setPartition(taken.partition().number())
                  .setOutboxNumber(taken.outboxNumber()));
      case TopicReply.SubscriptionTaken taken ->
          words.setSubscriptionTaken(
              SubscriptionTaken.newBuilder()
                  .setSubscription(taken.subscription().number())
                  .setConfirmed(taken.confirmed())
                  .setPartition(taken.partition().number())
                  .setOutboxNumber(taken.outboxNumber()));
      case TopicReply.TopicStands stands -> words.setTopicStands(words(stands));
      case TopicReply.ReplayStands stands ->
          words.setReplayStands(
              ReplayStands.newBuilder().setReplay(TopicWords.replay(stands.replay())));
    }
  }

  private static TopicStands words(TopicReply.TopicStands stands) {
    TopicStands.Builder words =
        TopicStands.newBuilder().setOldestArchivedMillis(stands.oldestArchivedMillis());
    for (Replay replay : stands.replays()) {
      words.addReplays(TopicWords.replay(replay));
    }
    return words.build();
  }

  static Reply taken(TopicTaken words) {
    return new TopicReply.TopicTaken(
        new TopicId(words.getTopic()),
        new PartitionId(words.getPartition()),
        words.getOutboxNumber());
  }

  static Reply taken(SubscriptionTaken words) {
    return new TopicReply.SubscriptionTaken(
        new SubscriptionId(words.getSubscription()),
        words.getConfirmed(),
        new PartitionId(words.getPartition()),
        words.getOutboxNumber());
  }

  static Reply stands(TopicStands words) {
    return new TopicReply.TopicStands(
        words.getOldestArchivedMillis(),
        words.getReplaysList().stream().map(TopicWords::replay).toList());
  }

  static Reply stands(ReplayStands words) {
    return new TopicReply.ReplayStands(TopicWords.replay(words.getReplay()));
  }

  private TopicReplyWords() {}
}

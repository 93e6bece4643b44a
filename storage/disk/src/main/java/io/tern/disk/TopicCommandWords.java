package io.tern.disk;

import io.tern.proto.log.AdvanceReplay;
import io.tern.proto.log.GiveUpMessage;
import io.tern.proto.log.InspectTopic;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.Publish;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import io.tern.state.topic.ReplayedMessage;
import java.util.ArrayList;
import java.util.List;

/** Commands of a topic's partition to and from Protobuf. Used by {@link CommandWords}. */
final class TopicCommandWords {

  static void put(TopicCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case TopicCommand.Publish publish -> words.setPublish(words(publish));
      case TopicCommand.GiveUpMessage giveUp -> words.setGiveUpMessage(words(giveUp));
      case TopicCommand.AdvanceReplay advance -> words.setAdvanceReplay(words(advance));
      case TopicCommand.InspectTopic inspect ->
          words.setInspectTopic(InspectTopic.newBuilder().setTopic(inspect.topic().number()));
    }
  }

  private static Publish words(TopicCommand.Publish publish) {
    Publish.Builder words =
        Publish.newBuilder()
            .setTopic(publish.topic().number())
            .setIdHigh(publish.id().high())
            .setIdLow(publish.id().low())
            .setGroup(publish.group())
            .setContent(Words.bytes(publish.content()))
            .setVersion(publish.version())
            .addAllTargets(TopicWords.targets(publish.targets()));
    if (publish.deduplication() != null) {
      words.setDeduplication(TopicWords.deduplication(publish.deduplication()));
    }
    return words.build();
  }

  private static GiveUpMessage words(TopicCommand.GiveUpMessage giveUp) {
    GiveUpMessage.Builder words =
        GiveUpMessage.newBuilder()
            .setQueue(giveUp.queue().number())
            .setNumber(giveUp.number())
            .setReceiveCount(giveUp.receiveCount());
    if (giveUp.target() != null) {
      words.setTarget(MoveWords.target(giveUp.target()));
    }
    return words.build();
  }

  private static AdvanceReplay words(TopicCommand.AdvanceReplay advance) {
    AdvanceReplay.Builder words =
        AdvanceReplay.newBuilder()
            .setTopic(advance.topic().number())
            .setSubscription(advance.subscription().number())
            .setVersion(advance.version())
            .setFrom(advance.from())
            .setUpTo(advance.upTo())
            .setEnded(advance.ended());
    for (ReplayedMessage message : advance.messages()) {
      words.addMessages(TopicWords.replayed(message));
    }
    return words.build();
  }

  static Command publish(Publish words) {
    return new TopicCommand.Publish(
        new TopicId(words.getTopic()),
        new MessageId(words.getIdHigh(), words.getIdLow()),
        words.getGroup(),
        words.hasDeduplication() ? TopicWords.deduplication(words.getDeduplication()) : null,
        Words.bytes(words.getContent()),
        words.getVersion(),
        TopicWords.targetsOf(words.getTargetsList()));
  }

  static Command giveUp(GiveUpMessage words) {
    return new TopicCommand.GiveUpMessage(
        new QueueId(words.getQueue()),
        words.getNumber(),
        words.getReceiveCount(),
        words.hasTarget() ? MoveWords.target(words.getTarget()) : null);
  }

  static Command advance(AdvanceReplay words) {
    List<ReplayedMessage> messages = new ArrayList<>(words.getMessagesCount());
    for (io.tern.proto.log.ReplayedMessage message : words.getMessagesList()) {
      messages.add(TopicWords.replayed(message));
    }
    return new TopicCommand.AdvanceReplay(
        new TopicId(words.getTopic()),
        new SubscriptionId(words.getSubscription()),
        words.getVersion(),
        words.getFrom(),
        words.getUpTo(),
        messages,
        words.getEnded());
  }

  static Command inspect(InspectTopic words) {
    return new TopicCommand.InspectTopic(new TopicId(words.getTopic()));
  }

  private TopicCommandWords() {}
}

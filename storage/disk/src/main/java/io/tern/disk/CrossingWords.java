package io.tern.disk;

import io.tern.proto.log.InstallQueue;
import io.tern.proto.log.MovedMessage;
import io.tern.proto.log.ParkedMessage;
import io.tern.proto.log.RemoveQueue;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;

/** What partitions hand over to each other, to and from Protobuf. Used by the codecs. */
final class CrossingWords {

  static io.tern.proto.log.OutboxEntry outboxEntry(OutboxEntry entry) {
    return io.tern.proto.log.OutboxEntry.newBuilder()
        .setNumber(entry.number())
        .setCrossing(crossing(entry.crossing()))
        .build();
  }

  static OutboxEntry outboxEntry(io.tern.proto.log.OutboxEntry entry) {
    Known.all(entry);
    return new OutboxEntry(entry.getNumber(), crossing(entry.getCrossing()));
  }

  static io.tern.proto.log.Crossing crossing(Crossing crossing) {
    io.tern.proto.log.Crossing.Builder words = io.tern.proto.log.Crossing.newBuilder();
    switch (crossing) {
      case TopicCrossing ofTopic -> TopicCrossingWords.put(ofTopic, words);
      case Crossing.InstallQueue install ->
          words.setInstallQueue(
              InstallQueue.newBuilder()
                  .setQueue(install.queue().number())
                  .setVersion(install.version())
                  .setSettings(Words.settings(install.settings())));
      case Crossing.RemoveQueue remove ->
          words.setRemoveQueue(RemoveQueue.newBuilder().setQueue(remove.queue().number()));
      case Crossing.ParkedMessage parked -> words.setParkedMessage(parked(parked));
      case Crossing.MovedMessage moved ->
          words.setMovedMessage(
              MovedMessage.newBuilder()
                  .setParked(parked(moved.parked()))
                  .setSentMillis(moved.sentMillis())
                  .setGroup(moved.group())
                  .setContent(Words.bytes(moved.content())));
    }
    return words.build();
  }

  private static ParkedMessage parked(Crossing.ParkedMessage parked) {
    return ParkedMessage.newBuilder()
        .setTarget(parked.target().number())
        .setSource(parked.source().number())
        .setReason(MoveWords.reason(parked.reason()))
        .setTaskId(parked.taskId())
        .setArrival(MoveWords.arrival(parked.arrival()))
        .build();
  }

  static Crossing crossing(io.tern.proto.log.Crossing words) {
    return switch (words.getCrossingCase()) {
      case INSTALL_QUEUE -> {
        InstallQueue install = Known.all(words.getInstallQueue());
        yield new Crossing.InstallQueue(
            new QueueId(install.getQueue()),
            install.getVersion(),
            Words.settings(install.getSettings()));
      }
      case REMOVE_QUEUE ->
          new Crossing.RemoveQueue(new QueueId(Known.all(words.getRemoveQueue()).getQueue()));
      case PARKED_MESSAGE -> parked(words.getParkedMessage());
      case MOVED_MESSAGE -> {
        MovedMessage moved = Known.all(words.getMovedMessage());
        yield new Crossing.MovedMessage(
            parked(moved.getParked()),
            moved.getSentMillis(),
            moved.getGroup(),
            Words.bytes(moved.getContent()));
      }
      case INSTALL_TOPIC -> TopicCrossingWords.install(words.getInstallTopic());
      case REMOVE_TOPIC -> TopicCrossingWords.remove(words.getRemoveTopic());
      case INSTALL_REPLAY -> TopicCrossingWords.install(words.getInstallReplay());
      case REMOVE_REPLAY -> TopicCrossingWords.remove(words.getRemoveReplay());
      case FAN_OUT -> TopicCrossingWords.fanOut(words.getFanOut());
      case CARRIED_FAN_OUT -> TopicCrossingWords.carried(words.getCarriedFanOut());
      case CROSSING_NOT_SET ->
          throw new UnreadableBytes("A crossing of a kind this version does not know.");
    };
  }

  private static Crossing.ParkedMessage parked(ParkedMessage words) {
    Known.all(words);
    return new Crossing.ParkedMessage(
        new QueueId(words.getTarget()),
        new QueueId(words.getSource()),
        MoveWords.reason(words.getReason()),
        words.getTaskId(),
        MoveWords.arrival(words.getArrival()));
  }

  private CrossingWords() {}
}

package io.tern.disk;

import io.tern.proto.log.CarriedFanOut;
import io.tern.proto.log.FanOut;
import io.tern.proto.log.InstallReplay;
import io.tern.proto.log.InstallTopic;
import io.tern.proto.log.RemoveReplay;
import io.tern.proto.log.RemoveTopic;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;

/** What of topics crosses, to and from Protobuf. Used by {@link CrossingWords}. */
final class TopicCrossingWords {

  static void put(TopicCrossing crossing, io.tern.proto.log.Crossing.Builder words) {
    switch (crossing) {
      case TopicCrossing.InstallTopic install ->
          words.setInstallTopic(
              InstallTopic.newBuilder()
                  .setTopic(install.topic().number())
                  .setVersion(install.version())
                  .setSettings(TopicWords.settings(install.settings())));
      case TopicCrossing.RemoveTopic remove ->
          words.setRemoveTopic(RemoveTopic.newBuilder().setTopic(remove.topic().number()));
      case TopicCrossing.InstallReplay install ->
          words.setInstallReplay(
              InstallReplay.newBuilder()
                  .setTopic(install.topic().number())
                  .setReplay(TopicWords.replay(install.replay())));
      case TopicCrossing.RemoveReplay remove ->
          words.setRemoveReplay(
              RemoveReplay.newBuilder()
                  .setTopic(remove.topic().number())
                  .setSubscription(remove.subscription().number()));
      case TopicCrossing.FanOut fanOut -> words.setFanOut(words(fanOut));
      case TopicCrossing.CarriedFanOut carried ->
          words.setCarriedFanOut(
              CarriedFanOut.newBuilder()
                  .setFanOut(words(carried.fanOut()))
                  .setContent(Words.bytes(carried.content())));
    }
  }

  private static FanOut words(TopicCrossing.FanOut fanOut) {
    return FanOut.newBuilder()
        .setTopic(fanOut.topic().number())
        .setBody(fanOut.body())
        .setSequence(fanOut.sequence())
        .setGroup(fanOut.group())
        .addAllTargets(TopicWords.targets(fanOut.targets()))
        .build();
  }

  static TopicCrossing install(InstallTopic words) {
    Known.all(words);
    return new TopicCrossing.InstallTopic(
        new TopicId(words.getTopic()),
        words.getVersion(),
        TopicWords.settings(words.getSettings()));
  }

  static TopicCrossing remove(RemoveTopic words) {
    Known.all(words);
    return new TopicCrossing.RemoveTopic(new TopicId(words.getTopic()));
  }

  static TopicCrossing install(InstallReplay words) {
    Known.all(words);
    return new TopicCrossing.InstallReplay(
        new TopicId(words.getTopic()), TopicWords.replay(words.getReplay()));
  }

  static TopicCrossing remove(RemoveReplay words) {
    Known.all(words);
    return new TopicCrossing.RemoveReplay(
        new TopicId(words.getTopic()), new SubscriptionId(words.getSubscription()));
  }

  static TopicCrossing.FanOut fanOut(FanOut words) {
    Known.all(words);
    return new TopicCrossing.FanOut(
        new TopicId(words.getTopic()),
        words.getBody(),
        words.getSequence(),
        words.getGroup(),
        TopicWords.targetsOf(words.getTargetsList()));
  }

  static TopicCrossing carried(CarriedFanOut words) {
    Known.all(words);
    return new TopicCrossing.CarriedFanOut(
        fanOut(words.getFanOut()), Words.bytes(words.getContent()));
  }

  private TopicCrossingWords() {}
}

package io.tern.state;

import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import java.util.function.LongConsumer;

/**
 * Mixes what crosses partitions about topics field by field; a part of {@link ChangeHash}.
 *
 * @param mix takes the next field
 */
record TopicCrossingHash(LongConsumer mix) {

  void add(TopicCrossing crossing) {
    switch (crossing) {
      case TopicCrossing.InstallTopic c -> {
        mix(8, c.topic().number());
        mix.accept(c.version());
        settings(c.settings());
      }
      case TopicCrossing.RemoveTopic c -> mix(9, c.topic().number());
      case TopicCrossing.InstallReplay c -> {
        mix(10, c.topic().number());
        replay(c.replay());
      }
      case TopicCrossing.RemoveReplay c -> {
        mix(11, c.topic().number());
        mix.accept(c.subscription().number());
      }
      case TopicCrossing.FanOut c -> fanOut(c);
      case TopicCrossing.CarriedFanOut c -> {
        mix(13, c.content().size());
        mix.accept(c.content().hashCode());
        fanOut(c.fanOut());
      }
    }
  }

  void settings(TopicSettings settings) {
    new TopicDefinitionHash(mix).name(settings.name());
    mix(settings.fifo() ? 1 : 0, settings.archiveMillis());
  }

  void replay(Replay replay) {
    mix(replay.subscription().number(), replay.version());
    mix(replay.startMillis(), replay.endMillis());
    mix(replay.next(), replay.status().name().hashCode());
  }

  private void fanOut(TopicCrossing.FanOut fanOut) {
    mix(12, fanOut.topic().number());
    mix(fanOut.body(), fanOut.sequence());
    mix(fanOut.group().hashCode(), fanOut.targets().size());
    for (FanOutTarget target : fanOut.targets()) {
      target(target);
    }
  }

  void target(FanOutTarget target) {
    mix(target.subscription().number(), target.protocol().hashCode());
    mix(target.raw() ? 1 : 0, target.queue().number());
    mix.accept(target.partition().number());
    DeadLetterTarget deadLetter = target.deadLetter();
    if (deadLetter != null) {
      mix(deadLetter.queue().number(), deadLetter.partition().number());
    }
    Deduplication deduplication = target.deduplication();
    if (deduplication != null) {
      mix(deduplication.keyHigh(), deduplication.keyLow());
      mix(deduplication.id().high(), deduplication.id().low());
    }
  }

  private void mix(long a, long b) {
    mix.accept(a);
    mix.accept(b);
  }
}

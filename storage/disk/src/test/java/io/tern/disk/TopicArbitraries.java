package io.tern.disk;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random words of topics, one generator for each record; part of {@link CodecArbitraries}. */
final class TopicArbitraries {
  private static final Arbitrary<Long> LONGS = Arbitraries.longs();
  private static final Arbitrary<Integer> INTEGERS = Arbitraries.integers();
  private static final Arbitrary<Boolean> CHOICES = Arbitraries.of(true, false);
  private static final Arbitrary<String> TEXTS = Arbitraries.strings().ofMaxLength(30);
  private static final Arbitrary<TopicId> TOPICS = LONGS.map(TopicId::new);
  private static final Arbitrary<SubscriptionId> SUBSCRIPTIONS = LONGS.map(SubscriptionId::new);
  private static final Arbitrary<PartitionId> PARTITIONS = INTEGERS.map(PartitionId::new);
  private static final Arbitrary<TopicName> NAMES =
      Combinators.combine(TEXTS, TEXTS, TEXTS).as(TopicName::new);
  private static final Arbitrary<TopicSettings> SETTINGS =
      Combinators.combine(NAMES, CHOICES, LONGS).as(TopicSettings::new);
  private static final Arbitrary<FanOutTarget> TARGETS =
      Combinators.combine(
              SUBSCRIPTIONS,
              TEXTS,
              CHOICES,
              CodecArbitraries.QUEUES,
              PARTITIONS,
              Combinators.combine(CodecArbitraries.QUEUES, PARTITIONS)
                  .as(DeadLetterTarget::new)
                  .injectNull(0.5),
              CodecArbitraries.DEDUPLICATIONS.injectNull(0.5))
          .as(FanOutTarget::new);
  static final Arbitrary<Replay> REPLAYS =
      Combinators.combine(
              SUBSCRIPTIONS, LONGS, LONGS, LONGS, LONGS, Arbitraries.of(ReplayStatus.class))
          .as(Replay::new);
  private static final Arbitrary<ReplayedMessage> REPLAYED =
      Combinators.combine(LONGS, TARGETS, TEXTS, CodecArbitraries.BYTES).as(ReplayedMessage::new);
  static final Arbitrary<ResourceKey> RESOURCES =
      Combinators.combine(Arbitraries.of(ResourceKind.class), TEXTS, TEXTS, TEXTS)
          .as(ResourceKey::new);
  private static final Arbitrary<SigningKey> SIGNING_KEYS =
      Combinators.combine(TEXTS, CodecArbitraries.BYTES, TEXTS).as(SigningKey::new);
  private static final Arbitrary<TopicCrossing.FanOut> FAN_OUTS =
      Combinators.combine(TOPICS, LONGS, LONGS, TEXTS, TARGETS.list().ofMaxSize(4))
          .as(TopicCrossing.FanOut::new);

  static List<Arbitrary<? extends Crossing>> crossings() {
    return List.of(
        Combinators.combine(TOPICS, LONGS, SETTINGS).as(TopicCrossing.InstallTopic::new),
        TOPICS.map(TopicCrossing.RemoveTopic::new),
        Combinators.combine(TOPICS, REPLAYS).as(TopicCrossing.InstallReplay::new),
        Combinators.combine(TOPICS, SUBSCRIPTIONS).as(TopicCrossing.RemoveReplay::new),
        FAN_OUTS,
        Combinators.combine(FAN_OUTS, CodecArbitraries.BYTES).as(TopicCrossing.CarriedFanOut::new));
  }

  static List<Arbitrary<? extends Command>> commands() {
    return List.of(
        Combinators.combine(
                TOPICS,
                CodecArbitraries.IDS,
                TEXTS,
                CodecArbitraries.DEDUPLICATIONS.injectNull(0.5),
                CodecArbitraries.BYTES,
                LONGS,
                TARGETS.list().ofMaxSize(4))
            .as(TopicCommand.Publish::new),
        Combinators.combine(
                CodecArbitraries.QUEUES, LONGS, INTEGERS, CodecArbitraries.TARGETS.injectNull(0.5))
            .as(TopicCommand.GiveUpMessage::new),
        Combinators.combine(
                TOPICS, SUBSCRIPTIONS, LONGS, LONGS, LONGS, REPLAYED.list().ofMaxSize(4), CHOICES)
            .as(TopicCommand.AdvanceReplay::new),
        TOPICS.map(TopicCommand.InspectTopic::new));
  }

  static List<Arbitrary<? extends Command>> definitionCommands() {
    return List.of(
        Combinators.combine(NAMES, CodecArbitraries.PAIRS, CodecArbitraries.PAIRS)
            .as(TopicDefinitionCommand.CreateTopic::new),
        TOPICS.map(TopicDefinitionCommand.DeleteTopic::new),
        Combinators.combine(TOPICS, LONGS, CodecArbitraries.PAIRS, CodecArbitraries.PAIRS)
            .as(TopicDefinitionCommand.ReplaceTopic::new),
        Combinators.combine(TOPICS, TEXTS, TEXTS, TEXTS, CodecArbitraries.PAIRS, CHOICES)
            .as(TopicDefinitionCommand.Subscribe::new),
        Combinators.combine(SUBSCRIPTIONS, CHOICES, CHOICES)
            .as(TopicDefinitionCommand.ConfirmSubscription::new),
        Combinators.combine(SUBSCRIPTIONS, CHOICES).as(TopicDefinitionCommand.Unsubscribe::new),
        Combinators.combine(SUBSCRIPTIONS, LONGS, CodecArbitraries.PAIRS)
            .as(TopicDefinitionCommand.ReplaceSubscription::new),
        Combinators.combine(RESOURCES, LONGS, CodecArbitraries.PAIRS)
            .as(TopicDefinitionCommand.PutResource::new),
        RESOURCES.map(TopicDefinitionCommand.RemoveResource::new),
        Combinators.combine(SIGNING_KEYS, CHOICES).as(TopicDefinitionCommand.AddSigningKey::new));
  }

  static List<Arbitrary<? extends Reply>> replies() {
    return List.of(
        Combinators.combine(TOPICS, PARTITIONS, LONGS).as(TopicReply.TopicTaken::new),
        Combinators.combine(SUBSCRIPTIONS, CHOICES, PARTITIONS, LONGS)
            .as(TopicReply.SubscriptionTaken::new),
        Combinators.combine(LONGS, REPLAYS.list().ofMaxSize(3)).as(TopicReply.TopicStands::new),
        REPLAYS.map(TopicReply.ReplayStands::new));
  }

  private TopicArbitraries() {}
}

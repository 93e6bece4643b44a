package io.tern.disk;

import io.tern.proto.log.DeadLetterTarget;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tells of topics and who gets their messages, to and from Protobuf. Used by the codecs. */
final class TopicWords {

  static io.tern.proto.log.TopicName name(TopicName name) {
    return io.tern.proto.log.TopicName.newBuilder()
        .setRegion(name.region())
        .setAccount(name.account())
        .setName(name.name())
        .build();
  }

  static TopicName name(io.tern.proto.log.TopicName words) {
    Known.all(words);
    return new TopicName(words.getRegion(), words.getAccount(), words.getName());
  }

  static io.tern.proto.log.TopicSettings settings(TopicSettings settings) {
    return io.tern.proto.log.TopicSettings.newBuilder()
        .setName(name(settings.name()))
        .setFifo(settings.fifo())
        .setArchiveMillis(settings.archiveMillis())
        .build();
  }

  static TopicSettings settings(io.tern.proto.log.TopicSettings words) {
    Known.all(words);
    return new TopicSettings(name(words.getName()), words.getFifo(), words.getArchiveMillis());
  }

  static io.tern.proto.log.Deduplication deduplication(Deduplication deduplication) {
    return io.tern.proto.log.Deduplication.newBuilder()
        .setKeyHigh(deduplication.keyHigh())
        .setKeyLow(deduplication.keyLow())
        .setIdHigh(deduplication.id().high())
        .setIdLow(deduplication.id().low())
        .build();
  }

  static Deduplication deduplication(io.tern.proto.log.Deduplication words) {
    Known.all(words);
    return new Deduplication(
        words.getKeyHigh(), words.getKeyLow(), new MessageId(words.getIdHigh(), words.getIdLow()));
  }

  static List<io.tern.proto.log.FanOutTarget> targets(List<FanOutTarget> targets) {
    List<io.tern.proto.log.FanOutTarget> words = new ArrayList<>(targets.size());
    for (FanOutTarget target : targets) {
      words.add(target(target));
    }
    return words;
  }

  static List<FanOutTarget> targetsOf(List<io.tern.proto.log.FanOutTarget> words) {
    List<FanOutTarget> targets = new ArrayList<>(words.size());
    for (io.tern.proto.log.FanOutTarget target : words) {
      targets.add(target(target));
    }
    return targets;
  }

  static io.tern.proto.log.FanOutTarget target(FanOutTarget target) {
    io.tern.proto.log.FanOutTarget.Builder words =
        io.tern.proto.log.FanOutTarget.newBuilder()
            .setSubscription(target.subscription().number())
            .setProtocol(target.protocol())
            .setRaw(target.raw())
            .setQueue(target.queue().number())
            .setPartition(target.partition().number());
    if (target.deadLetter() != null) {
      words.setDeadLetter(
          DeadLetterTarget.newBuilder()
              .setQueue(target.deadLetter().queue().number())
              .setPartition(target.deadLetter().partition().number()));
    }
    if (target.deduplication() != null) {
      words.setDeduplication(deduplication(target.deduplication()));
    }
    return words.build();
  }

  static FanOutTarget target(io.tern.proto.log.FanOutTarget words) {
    Known.all(words);
    return new FanOutTarget(
        new SubscriptionId(words.getSubscription()),
        words.getProtocol(),
        words.getRaw(),
        new QueueId(words.getQueue()),
        new PartitionId(words.getPartition()),
        deadLetter(words),
        words.hasDeduplication() ? deduplication(words.getDeduplication()) : null);
  }

  private static io.tern.state.topic.@Nullable DeadLetterTarget deadLetter(
      io.tern.proto.log.FanOutTarget target) {
    if (!target.hasDeadLetter()) {
      return null;
    }
    DeadLetterTarget words = Known.all(target.getDeadLetter());
    return new io.tern.state.topic.DeadLetterTarget(
        new QueueId(words.getQueue()), new PartitionId(words.getPartition()));
  }

  static io.tern.proto.log.ReplayedMessage replayed(ReplayedMessage message) {
    return io.tern.proto.log.ReplayedMessage.newBuilder()
        .setNumber(message.number())
        .setTarget(target(message.target()))
        .setGroup(message.group())
        .setContent(Words.bytes(message.content()))
        .build();
  }

  static ReplayedMessage replayed(io.tern.proto.log.ReplayedMessage words) {
    Known.all(words);
    return new ReplayedMessage(
        words.getNumber(),
        target(words.getTarget()),
        words.getGroup(),
        Words.bytes(words.getContent()));
  }

  static io.tern.proto.log.Replay replay(Replay replay) {
    return io.tern.proto.log.Replay.newBuilder()
        .setSubscription(replay.subscription().number())
        .setVersion(replay.version())
        .setStartMillis(replay.startMillis())
        .setEndMillis(replay.endMillis())
        .setNext(replay.next())
        .setStatus(status(replay.status()))
        .build();
  }

  static Replay replay(io.tern.proto.log.Replay words) {
    Known.all(words);
    return new Replay(
        new SubscriptionId(words.getSubscription()),
        words.getVersion(),
        words.getStartMillis(),
        words.getEndMillis(),
        words.getNext(),
        status(words.getStatus()));
  }

  private static io.tern.proto.log.ReplayStatus status(ReplayStatus status) {
    return switch (status) {
      case PENDING -> io.tern.proto.log.ReplayStatus.REPLAY_STATUS_PENDING;
      case RUNNING -> io.tern.proto.log.ReplayStatus.REPLAY_STATUS_RUNNING;
      case COMPLETED -> io.tern.proto.log.ReplayStatus.REPLAY_STATUS_COMPLETED;
      case PAUSED -> io.tern.proto.log.ReplayStatus.REPLAY_STATUS_PAUSED;
      case FAILED -> io.tern.proto.log.ReplayStatus.REPLAY_STATUS_FAILED;
    };
  }

  private static ReplayStatus status(io.tern.proto.log.ReplayStatus words) {
    return switch (words) {
      case REPLAY_STATUS_PENDING -> ReplayStatus.PENDING;
      case REPLAY_STATUS_RUNNING -> ReplayStatus.RUNNING;
      case REPLAY_STATUS_COMPLETED -> ReplayStatus.COMPLETED;
      case REPLAY_STATUS_PAUSED -> ReplayStatus.PAUSED;
      case REPLAY_STATUS_FAILED -> ReplayStatus.FAILED;
      case REPLAY_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A replay with a status this version does not know.");
    };
  }

  static io.tern.proto.log.ResourceKey resource(ResourceKey key) {
    return io.tern.proto.log.ResourceKey.newBuilder()
        .setKind(kind(key.kind()))
        .setRegion(key.region())
        .setAccount(key.account())
        .setName(key.name())
        .build();
  }

  static ResourceKey resource(io.tern.proto.log.ResourceKey words) {
    Known.all(words);
    return new ResourceKey(
        kind(words.getKind()), words.getRegion(), words.getAccount(), words.getName());
  }

  static io.tern.proto.log.ResourceKind kind(ResourceKind kind) {
    return switch (kind) {
      case PLATFORM_APPLICATION ->
          io.tern.proto.log.ResourceKind.RESOURCE_KIND_PLATFORM_APPLICATION;
      case PLATFORM_ENDPOINT -> io.tern.proto.log.ResourceKind.RESOURCE_KIND_PLATFORM_ENDPOINT;
      case SMS_ATTRIBUTES -> io.tern.proto.log.ResourceKind.RESOURCE_KIND_SMS_ATTRIBUTES;
      case OPTED_OUT_NUMBER -> io.tern.proto.log.ResourceKind.RESOURCE_KIND_OPTED_OUT_NUMBER;
      case SANDBOX_NUMBER -> io.tern.proto.log.ResourceKind.RESOURCE_KIND_SANDBOX_NUMBER;
    };
  }

  private static ResourceKind kind(io.tern.proto.log.ResourceKind words) {
    return switch (words) {
      case RESOURCE_KIND_PLATFORM_APPLICATION -> ResourceKind.PLATFORM_APPLICATION;
      case RESOURCE_KIND_PLATFORM_ENDPOINT -> ResourceKind.PLATFORM_ENDPOINT;
      case RESOURCE_KIND_SMS_ATTRIBUTES -> ResourceKind.SMS_ATTRIBUTES;
      case RESOURCE_KIND_OPTED_OUT_NUMBER -> ResourceKind.OPTED_OUT_NUMBER;
      case RESOURCE_KIND_SANDBOX_NUMBER -> ResourceKind.SANDBOX_NUMBER;
      case RESOURCE_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A resource of a kind this version does not know.");
    };
  }

  static io.tern.proto.log.SigningKey signingKey(SigningKey key) {
    return io.tern.proto.log.SigningKey.newBuilder()
        .setId(key.id())
        .setPrivateKey(Words.bytes(key.privateKey()))
        .setCertificate(key.certificate())
        .build();
  }

  static SigningKey signingKey(io.tern.proto.log.SigningKey words) {
    Known.all(words);
    return new SigningKey(
        words.getId(), Words.bytes(words.getPrivateKey()), words.getCertificate());
  }

  private TopicWords() {}
}

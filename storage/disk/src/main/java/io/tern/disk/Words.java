package io.tern.disk;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.proto.log.InstallQueue;
import io.tern.proto.log.Pair;
import io.tern.proto.log.RemoveQueue;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts that commands, replies and rows share, to and from Protobuf. Used by the codecs. */
final class Words {

  static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }

  static Bytes bytes(ByteString bytes) {
    return bytes.isEmpty() ? Bytes.EMPTY : Bytes.of(bytes.toByteArray());
  }

  static io.tern.proto.log.QueueName name(QueueName name) {
    return io.tern.proto.log.QueueName.newBuilder()
        .setAccount(name.account())
        .setName(name.name())
        .build();
  }

  static QueueName name(io.tern.proto.log.QueueName name) {
    return new QueueName(name.getAccount(), name.getName());
  }

  static List<Pair> pairs(SortedMap<String, String> map) {
    List<Pair> pairs = new ArrayList<>(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      pairs.add(Pair.newBuilder().setKey(entry.getKey()).setValue(entry.getValue()).build());
    }
    return pairs;
  }

  static SortedMap<String, String> pairs(List<Pair> pairs) {
    SortedMap<String, String> map = new TreeMap<>();
    for (Pair pair : pairs) {
      map.put(pair.getKey(), pair.getValue());
    }
    return map;
  }

  static io.tern.proto.log.QueueSettings settings(QueueSettings settings) {
    io.tern.proto.log.QueueSettings.Builder words =
        io.tern.proto.log.QueueSettings.newBuilder()
            .setVisibilityMillis(settings.visibilityMillis())
            .setDelayMillis(settings.delayMillis())
            .setRetentionMillis(settings.retentionMillis())
            .setFifo(settings.fifo())
            .setName(name(settings.name()));
    QueueSettings.Redrive redrive = settings.redrive();
    if (redrive != null) {
      words
          .setRedriveTarget(MoveWords.words(redrive.target()))
          .setMaxReceiveCount(redrive.maxReceiveCount());
    }
    return words.build();
  }

  static QueueSettings settings(io.tern.proto.log.QueueSettings settings) {
    Known.all(settings);
    return new QueueSettings(
        name(settings.getName()),
        settings.getVisibilityMillis(),
        settings.getDelayMillis(),
        settings.getRetentionMillis(),
        settings.getFifo(),
        settings.hasRedriveTarget()
            ? new QueueSettings.Redrive(
                MoveWords.target(settings.getRedriveTarget()), settings.getMaxReceiveCount())
            : null);
  }

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
      case Crossing.InstallQueue install ->
          words.setInstallQueue(
              InstallQueue.newBuilder()
                  .setQueue(install.queue().number())
                  .setVersion(install.version())
                  .setSettings(settings(install.settings())));
      case Crossing.RemoveQueue remove ->
          words.setRemoveQueue(RemoveQueue.newBuilder().setQueue(remove.queue().number()));
      case Crossing.ParkedMessage parked -> words.setParkedMessage(MoveWords.words(parked));
      case Crossing.MovedMessage moved -> words.setMovedMessage(MoveWords.words(moved));
    }
    return words.build();
  }

  static Crossing crossing(io.tern.proto.log.Crossing words) {
    return switch (words.getCrossingCase()) {
      case INSTALL_QUEUE -> {
        InstallQueue install = Known.all(words.getInstallQueue());
        yield new Crossing.InstallQueue(
            new QueueId(install.getQueue()), install.getVersion(), settings(install.getSettings()));
      }
      case REMOVE_QUEUE ->
          new Crossing.RemoveQueue(new QueueId(Known.all(words.getRemoveQueue()).getQueue()));
      case PARKED_MESSAGE -> MoveWords.parked(words.getParkedMessage());
      case MOVED_MESSAGE -> MoveWords.moved(words.getMovedMessage());
      case CROSSING_NOT_SET ->
          throw new UnreadableBytes("A crossing of a kind this version does not know.");
    };
  }

  private Words() {}
}

package io.tern.disk;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.proto.log.Pair;
import io.tern.proto.log.Redrive;
import io.tern.state.Bytes;
import io.tern.state.Delivery;
import io.tern.state.QueueName;
import io.tern.state.limits.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

  static List<io.tern.proto.log.QueueName> names(List<QueueName> names) {
    return names.stream().map(Words::name).toList();
  }

  static List<QueueName> namesOf(List<io.tern.proto.log.QueueName> words) {
    return words.stream().map(Words::name).toList();
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
            .setName(name(settings.name()))
            .setVisibilityMillis(settings.visibilityMillis())
            .setDelayMillis(settings.delayMillis())
            .setRetentionMillis(settings.retentionMillis())
            .setFifo(settings.fifo());
    QueueSettings.Redrive redrive = settings.redrive();
    if (redrive != null) {
      words.setRedrive(
          Redrive.newBuilder()
              .setTarget(MoveWords.target(redrive.target()))
              .setMaxReceiveCount(redrive.maxReceiveCount()));
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
        redrive(settings));
  }

  private static QueueSettings.@Nullable Redrive redrive(io.tern.proto.log.QueueSettings settings) {
    if (!settings.hasRedrive()) {
      return null;
    }
    Redrive words = Known.all(settings.getRedrive());
    return new QueueSettings.Redrive(
        MoveWords.target(words.getTarget()), words.getMaxReceiveCount());
  }

  static List<io.tern.proto.log.Delivery> deliveries(List<Delivery> deliveries) {
    List<io.tern.proto.log.Delivery> words = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      words.add(
          io.tern.proto.log.Delivery.newBuilder()
              .setNumber(delivery.number())
              .setReceiveCount(delivery.receiveCount())
              .setFirstReceivedMillis(delivery.firstReceivedMillis())
              .build());
    }
    return words;
  }

  static List<Delivery> deliveriesOf(List<io.tern.proto.log.Delivery> words) {
    List<Delivery> deliveries = new ArrayList<>(words.size());
    for (io.tern.proto.log.Delivery delivery : words) {
      deliveries.add(
          new Delivery(
              delivery.getNumber(), delivery.getReceiveCount(), delivery.getFirstReceivedMillis()));
    }
    return deliveries;
  }

  private Words() {}
}

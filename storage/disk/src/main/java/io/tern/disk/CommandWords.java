package io.tern.disk;

import io.tern.proto.log.AcceptDeliveries;
import io.tern.proto.log.ChangeVisibility;
import io.tern.proto.log.CreateQueue;
import io.tern.proto.log.DeleteMessage;
import io.tern.proto.log.DeleteQueue;
import io.tern.proto.log.InitializeCluster;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.PurgeQueue;
import io.tern.proto.log.ReceiveMessages;
import io.tern.proto.log.SendMessage;
import io.tern.proto.log.SetQueueAttributes;
import io.tern.proto.log.SettleOutbox;
import io.tern.proto.log.Tick;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.OutboxEntry;
import java.util.ArrayList;
import java.util.List;

/** Each command to and from its Protobuf message. Used by {@link CommandCodec}. */
final class CommandWords {

  static LoggedCommand words(Command command) {
    LoggedCommand.Builder words = LoggedCommand.newBuilder();
    switch (command) {
      case Command.PartitionCommand ofPartition -> put(ofPartition, words);
      case Command.CatalogueCommand ofCatalogue -> put(ofCatalogue, words);
      case Command.CommonCommand common -> put(common, words);
    }
    return words.build();
  }

  private static void put(Command.PartitionCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.SendMessage send ->
          words.setSendMessage(
              SendMessage.newBuilder()
                  .setQueue(send.queue().number())
                  .setDelayMillis(send.delayMillis())
                  .setContent(Words.bytes(send.content()))
                  .build());
      case Command.ReceiveMessages receive ->
          words.setReceiveMessages(
              ReceiveMessages.newBuilder()
                  .setQueue(receive.queue().number())
                  .setMaxMessages(receive.maxMessages())
                  .setVisibilityMillis(receive.visibilityMillis())
                  .build());
      case Command.DeleteMessage delete ->
          words.setDeleteMessage(
              DeleteMessage.newBuilder()
                  .setQueue(delete.queue().number())
                  .setNumber(delete.number())
                  .setReceiveCount(delete.receiveCount())
                  .build());
      case Command.ChangeVisibility change ->
          words.setChangeVisibility(
              ChangeVisibility.newBuilder()
                  .setQueue(change.queue().number())
                  .setNumber(change.number())
                  .setReceiveCount(change.receiveCount())
                  .setVisibilityMillis(change.visibilityMillis())
                  .build());
      case Command.PurgeQueue purge ->
          words.setPurgeQueue(
              PurgeQueue.newBuilder()
                  .setQueue(purge.queue().number())
                  .setMinimumIntervalMillis(purge.minimumIntervalMillis())
                  .build());
    }
  }

  private static void put(Command.CatalogueCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.CreateQueue create ->
          words.setCreateQueue(
              CreateQueue.newBuilder()
                  .setName(Words.name(create.name()))
                  .addAllAttributes(Words.pairs(create.attributes()))
                  .addAllTags(Words.pairs(create.tags()))
                  .setRecreateWaitMillis(create.recreateWaitMillis())
                  .build());
      case Command.DeleteQueue delete ->
          words.setDeleteQueue(DeleteQueue.newBuilder().setQueue(delete.queue().number()).build());
      case Command.SetQueueAttributes set ->
          words.setSetQueueAttributes(
              SetQueueAttributes.newBuilder()
                  .setQueue(set.queue().number())
                  .addAllAttributes(Words.pairs(set.attributes()))
                  .build());
      case Command.InitializeCluster initialize ->
          words.setInitializeCluster(
              InitializeCluster.newBuilder()
                  .setSealingKey(Words.bytes(initialize.sealingKey()))
                  .setDataPartitions(initialize.dataPartitions())
                  .build());
    }
  }

  private static void put(Command.CommonCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.AcceptDeliveries accept -> {
        AcceptDeliveries.Builder deliveries =
            AcceptDeliveries.newBuilder()
                .setSource(accept.source().number())
                .setPrevious(accept.previous());
        for (OutboxEntry entry : accept.entries()) {
          deliveries.addEntries(Words.outboxEntry(entry));
        }
        words.setAcceptDeliveries(deliveries.build());
      }
      case Command.SettleOutbox settle ->
          words.setSettleOutbox(
              SettleOutbox.newBuilder()
                  .setDestination(settle.destination().number())
                  .setUpTo(settle.upTo())
                  .build());
      case Command.Tick() -> words.setTick(Tick.getDefaultInstance());
    }
  }

  static Command command(LoggedCommand words) {
    Known.all(words);
    return switch (words.getCommandCase()) {
      case SEND_MESSAGE -> send(Known.all(words.getSendMessage()));
      case RECEIVE_MESSAGES -> receive(Known.all(words.getReceiveMessages()));
      case DELETE_MESSAGE -> delete(Known.all(words.getDeleteMessage()));
      case CHANGE_VISIBILITY -> change(Known.all(words.getChangeVisibility()));
      case PURGE_QUEUE -> purge(Known.all(words.getPurgeQueue()));
      case CREATE_QUEUE -> create(Known.all(words.getCreateQueue()));
      case DELETE_QUEUE ->
          new Command.DeleteQueue(new QueueId(Known.all(words.getDeleteQueue()).getQueue()));
      case SET_QUEUE_ATTRIBUTES -> set(Known.all(words.getSetQueueAttributes()));
      case INITIALIZE_CLUSTER -> initialize(Known.all(words.getInitializeCluster()));
      case ACCEPT_DELIVERIES -> accept(Known.all(words.getAcceptDeliveries()));
      case SETTLE_OUTBOX -> settle(Known.all(words.getSettleOutbox()));
      case TICK -> new Command.Tick();
      case COMMAND_NOT_SET -> throw new UnreadableBytes("A command without content.");
    };
  }

  private static Command send(SendMessage words) {
    return new Command.SendMessage(
        new QueueId(words.getQueue()), words.getDelayMillis(), Words.bytes(words.getContent()));
  }

  private static Command receive(ReceiveMessages words) {
    return new Command.ReceiveMessages(
        new QueueId(words.getQueue()), words.getMaxMessages(), words.getVisibilityMillis());
  }

  private static Command delete(DeleteMessage words) {
    return new Command.DeleteMessage(
        new QueueId(words.getQueue()), words.getNumber(), words.getReceiveCount());
  }

  private static Command change(ChangeVisibility words) {
    return new Command.ChangeVisibility(
        new QueueId(words.getQueue()),
        words.getNumber(),
        words.getReceiveCount(),
        words.getVisibilityMillis());
  }

  private static Command purge(PurgeQueue words) {
    return new Command.PurgeQueue(new QueueId(words.getQueue()), words.getMinimumIntervalMillis());
  }

  private static Command set(SetQueueAttributes words) {
    return new Command.SetQueueAttributes(
        new QueueId(words.getQueue()), Words.pairs(words.getAttributesList()));
  }

  private static Command initialize(InitializeCluster words) {
    return new Command.InitializeCluster(
        Words.bytes(words.getSealingKey()), words.getDataPartitions());
  }

  private static Command settle(SettleOutbox words) {
    return new Command.SettleOutbox(new PartitionId(words.getDestination()), words.getUpTo());
  }

  private static Command create(CreateQueue words) {
    return new Command.CreateQueue(
        Words.name(words.getName()),
        Words.pairs(words.getAttributesList()),
        Words.pairs(words.getTagsList()),
        words.getRecreateWaitMillis());
  }

  private static Command accept(AcceptDeliveries words) {
    List<OutboxEntry> entries = new ArrayList<>(words.getEntriesCount());
    for (io.tern.proto.log.OutboxEntry entry : words.getEntriesList()) {
      entries.add(Words.outboxEntry(entry));
    }
    return new Command.AcceptDeliveries(
        new PartitionId(words.getSource()), words.getPrevious(), entries);
  }

  private CommandWords() {}
}

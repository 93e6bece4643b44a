package io.tern.disk;

import io.tern.proto.log.AcceptDeliveries;
import io.tern.proto.log.AdvanceLogic;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.SettleOutbox;
import io.tern.proto.log.Tick;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.crossing.OutboxEntry;
import java.util.ArrayList;
import java.util.List;

/** Each command to and from its Protobuf message. Used by {@link CommandCodec}. */
final class CommandWords {

  static LoggedCommand words(Command command) {
    LoggedCommand.Builder words = LoggedCommand.newBuilder();
    switch (command) {
      case Command.PartitionCommand ofPartition -> PartitionCommandWords.put(ofPartition, words);
      case Command.CatalogueCommand ofCatalogue -> CatalogueCommandWords.put(ofCatalogue, words);
      case Command.CommonCommand common -> put(common, words);
    }
    return words.build();
  }

  private static void put(Command.CommonCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.AcceptDeliveries accept -> {
        AcceptDeliveries.Builder deliveries =
            AcceptDeliveries.newBuilder()
                .setSource(accept.source().number())
                .setPrevious(accept.previous());
        for (OutboxEntry entry : accept.entries()) {
          deliveries.addEntries(CrossingWords.outboxEntry(entry));
        }
        words.setAcceptDeliveries(deliveries.build());
      }
      case Command.SettleOutbox settle ->
          words.setSettleOutbox(
              SettleOutbox.newBuilder()
                  .setDestination(settle.destination().number())
                  .setUpTo(settle.upTo())
                  .build());
      case Command.AdvanceLogic advance ->
          words.setAdvanceLogic(AdvanceLogic.newBuilder().setLevel(advance.level()).build());
      case Command.Tick() -> words.setTick(Tick.getDefaultInstance());
    }
  }

  static Command command(LoggedCommand words) {
    Known.all(words);
    return switch (words.getCommandCase()) {
      case SEND_MESSAGE -> PartitionCommandWords.send(Known.all(words.getSendMessage()));
      case RECEIVE_MESSAGES -> PartitionCommandWords.receive(Known.all(words.getReceiveMessages()));
      case DELETE_MESSAGE -> PartitionCommandWords.delete(Known.all(words.getDeleteMessage()));
      case CHANGE_VISIBILITY ->
          PartitionCommandWords.change(Known.all(words.getChangeVisibility()));
      case PURGE_QUEUE -> PartitionCommandWords.purge(Known.all(words.getPurgeQueue()));
      case START_MOVE_TASK -> PartitionCommandWords.start(Known.all(words.getStartMoveTask()));
      case ADVANCE_MOVE_TASK ->
          PartitionCommandWords.advance(Known.all(words.getAdvanceMoveTask()));
      case CANCEL_MOVE_TASK -> PartitionCommandWords.cancel(Known.all(words.getCancelMoveTask()));
      case PUBLISH -> TopicCommandWords.publish(Known.all(words.getPublish()));
      case GIVE_UP_MESSAGE -> TopicCommandWords.giveUp(Known.all(words.getGiveUpMessage()));
      case ADVANCE_REPLAY -> TopicCommandWords.advance(Known.all(words.getAdvanceReplay()));
      case INSPECT_TOPIC -> TopicCommandWords.inspect(Known.all(words.getInspectTopic()));
      case CREATE_QUEUE -> CatalogueCommandWords.create(Known.all(words.getCreateQueue()));
      case DELETE_QUEUE -> CatalogueCommandWords.delete(Known.all(words.getDeleteQueue()));
      case SET_QUEUE_ATTRIBUTES ->
          CatalogueCommandWords.set(Known.all(words.getSetQueueAttributes()));
      case INITIALIZE_CLUSTER ->
          CatalogueCommandWords.initialize(Known.all(words.getInitializeCluster()));
      case TAG_QUEUE -> CatalogueCommandWords.tag(Known.all(words.getTagQueue()));
      case UNTAG_QUEUE -> CatalogueCommandWords.untag(Known.all(words.getUntagQueue()));
      case REPLACE_POLICY -> CatalogueCommandWords.replace(Known.all(words.getReplacePolicy()));
      case CREATE_TOPIC -> TopicDefinitionWords.create(Known.all(words.getCreateTopic()));
      case DELETE_TOPIC -> TopicDefinitionWords.delete(Known.all(words.getDeleteTopic()));
      case REPLACE_TOPIC -> TopicDefinitionWords.replace(Known.all(words.getReplaceTopic()));
      case SUBSCRIBE -> TopicDefinitionWords.subscribe(Known.all(words.getSubscribe()));
      case CONFIRM_SUBSCRIPTION ->
          TopicDefinitionWords.confirm(Known.all(words.getConfirmSubscription()));
      case UNSUBSCRIBE -> TopicDefinitionWords.unsubscribe(Known.all(words.getUnsubscribe()));
      case REPLACE_SUBSCRIPTION ->
          TopicDefinitionWords.replace(Known.all(words.getReplaceSubscription()));
      case PUT_RESOURCE -> TopicDefinitionWords.put(Known.all(words.getPutResource()));
      case REMOVE_RESOURCE -> TopicDefinitionWords.remove(Known.all(words.getRemoveResource()));
      case ADD_SIGNING_KEY -> TopicDefinitionWords.addKey(Known.all(words.getAddSigningKey()));
      case REGISTER_NODE -> MembershipWords.register(Known.all(words.getRegisterNode()));
      case SET_NODE_STATE -> MembershipWords.set(Known.all(words.getSetNodeState()));
      case ADD_PARTITIONS -> MembershipWords.add(Known.all(words.getAddPartitions()));
      case RECORD_PLACEMENT -> MembershipWords.record(Known.all(words.getRecordPlacement()));
      case CHANGE_SETTINGS -> MembershipWords.change(Known.all(words.getChangeSettings()));
      case ACCEPT_DELIVERIES -> accept(Known.all(words.getAcceptDeliveries()));
      case SETTLE_OUTBOX -> settle(Known.all(words.getSettleOutbox()));
      case TICK -> new Command.Tick();
      case ADVANCE_LOGIC -> advance(Known.all(words.getAdvanceLogic()));
      case COMMAND_NOT_SET -> throw new UnreadableBytes("A command without content.");
    };
  }

  private static Command advance(AdvanceLogic words) {
    return new Command.AdvanceLogic(words.getLevel());
  }

  private static Command settle(SettleOutbox words) {
    return new Command.SettleOutbox(new PartitionId(words.getDestination()), words.getUpTo());
  }

  private static Command accept(AcceptDeliveries words) {
    List<OutboxEntry> entries = new ArrayList<>(words.getEntriesCount());
    for (io.tern.proto.log.OutboxEntry entry : words.getEntriesList()) {
      entries.add(CrossingWords.outboxEntry(entry));
    }
    return new Command.AcceptDeliveries(
        new PartitionId(words.getSource()), words.getPrevious(), entries);
  }

  private CommandWords() {}
}

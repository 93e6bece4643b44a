package io.tern.disk;

import io.tern.proto.log.CreateQueue;
import io.tern.proto.log.DeleteQueue;
import io.tern.proto.log.InitializeCluster;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.ReplacePolicy;
import io.tern.proto.log.SetQueueAttributes;
import io.tern.proto.log.TagQueue;
import io.tern.proto.log.UntagQueue;
import io.tern.state.Command;
import io.tern.state.MembershipCommand;
import io.tern.state.QueueId;
import io.tern.state.TopicDefinitionCommand;
import java.util.List;

/** Commands of the catalogue to and from Protobuf. Used by {@link CommandWords}. */
final class CatalogueCommandWords {

  static void put(Command.CatalogueCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case MembershipCommand ofNodes -> MembershipWords.put(ofNodes, words);
      case TopicDefinitionCommand ofTopic -> TopicDefinitionWords.put(ofTopic, words);
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
      case Command.TagQueue tag ->
          words.setTagQueue(
              TagQueue.newBuilder()
                  .setQueue(tag.queue().number())
                  .addAllTags(Words.pairs(tag.tags()))
                  .build());
      case Command.UntagQueue untag ->
          words.setUntagQueue(
              UntagQueue.newBuilder()
                  .setQueue(untag.queue().number())
                  .addAllKeys(untag.keys())
                  .build());
      case Command.ReplacePolicy replace ->
          words.setReplacePolicy(
              ReplacePolicy.newBuilder()
                  .setQueue(replace.queue().number())
                  .setExpected(replace.expected())
                  .setPolicy(replace.policy())
                  .build());
      case Command.InitializeCluster initialize ->
          words.setInitializeCluster(
              InitializeCluster.newBuilder()
                  .setSealingKey(Words.bytes(initialize.sealingKey()))
                  .setDataPartitions(initialize.dataPartitions())
                  .build());
    }
  }

  static Command create(CreateQueue words) {
    return new Command.CreateQueue(
        Words.name(words.getName()),
        Words.pairs(words.getAttributesList()),
        Words.pairs(words.getTagsList()),
        words.getRecreateWaitMillis());
  }

  static Command delete(DeleteQueue words) {
    return new Command.DeleteQueue(new QueueId(words.getQueue()));
  }

  static Command set(SetQueueAttributes words) {
    return new Command.SetQueueAttributes(
        new QueueId(words.getQueue()), Words.pairs(words.getAttributesList()));
  }

  static Command tag(TagQueue words) {
    return new Command.TagQueue(new QueueId(words.getQueue()), Words.pairs(words.getTagsList()));
  }

  static Command untag(UntagQueue words) {
    return new Command.UntagQueue(new QueueId(words.getQueue()), List.copyOf(words.getKeysList()));
  }

  static Command replace(ReplacePolicy words) {
    return new Command.ReplacePolicy(
        new QueueId(words.getQueue()), words.getExpected(), words.getPolicy());
  }

  static Command initialize(InitializeCluster words) {
    return new Command.InitializeCluster(
        Words.bytes(words.getSealingKey()), words.getDataPartitions());
  }

  private CatalogueCommandWords() {}
}

package io.tern.disk;

import io.tern.proto.log.AddSigningKey;
import io.tern.proto.log.ConfirmSubscription;
import io.tern.proto.log.CreateTopic;
import io.tern.proto.log.DeleteTopic;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.PutResource;
import io.tern.proto.log.RemoveResource;
import io.tern.proto.log.ReplaceSubscription;
import io.tern.proto.log.ReplaceTopic;
import io.tern.proto.log.Subscribe;
import io.tern.proto.log.Unsubscribe;
import io.tern.state.Command;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;

/** The catalogue's commands about topics to and from Protobuf. Used by {@link CommandWords}. */
final class TopicDefinitionWords {

  static void put(TopicDefinitionCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case TopicDefinitionCommand.CreateTopic create ->
          words.setCreateTopic(
              CreateTopic.newBuilder()
                  .setName(TopicWords.name(create.name()))
                  .addAllAttributes(Words.pairs(create.attributes()))
                  .addAllTags(Words.pairs(create.tags())));
      case TopicDefinitionCommand.DeleteTopic delete ->
          words.setDeleteTopic(DeleteTopic.newBuilder().setTopic(delete.topic().number()));
      case TopicDefinitionCommand.ReplaceTopic replace ->
          words.setReplaceTopic(
              ReplaceTopic.newBuilder()
                  .setTopic(replace.topic().number())
                  .setExpectedRevision(replace.expectedRevision())
                  .addAllAttributes(Words.pairs(replace.attributes()))
                  .addAllTags(Words.pairs(replace.tags())));
      case TopicDefinitionCommand.Subscribe subscribe -> words.setSubscribe(words(subscribe));
      case TopicDefinitionCommand.ConfirmSubscription confirm ->
          words.setConfirmSubscription(
              ConfirmSubscription.newBuilder()
                  .setSubscription(confirm.subscription().number())
                  .setAuthenticated(confirm.authenticated())
                  .setProtectedUnsubscribe(confirm.protectedUnsubscribe()));
      case TopicDefinitionCommand.Unsubscribe unsubscribe ->
          words.setUnsubscribe(
              Unsubscribe.newBuilder()
                  .setSubscription(unsubscribe.subscription().number())
                  .setRestorable(unsubscribe.restorable()));
      case TopicDefinitionCommand.ReplaceSubscription replace ->
          words.setReplaceSubscription(
              ReplaceSubscription.newBuilder()
                  .setSubscription(replace.subscription().number())
                  .setExpectedRevision(replace.expectedRevision())
                  .addAllAttributes(Words.pairs(replace.attributes())));
      case TopicDefinitionCommand.PutResource put -> words.setPutResource(words(put));
      case TopicDefinitionCommand.RemoveResource remove ->
          words.setRemoveResource(
              RemoveResource.newBuilder().setKey(TopicWords.resource(remove.key())));
      case TopicDefinitionCommand.AddSigningKey add ->
          words.setAddSigningKey(
              AddSigningKey.newBuilder()
                  .setKey(TopicWords.signingKey(add.key()))
                  .setOnlyIfNone(add.onlyIfNone()));
    }
  }

  private static Subscribe words(TopicDefinitionCommand.Subscribe subscribe) {
    return Subscribe.newBuilder()
        .setTopic(subscribe.topic().number())
        .setProtocol(subscribe.protocol())
        .setEndpoint(subscribe.endpoint())
        .setOwner(subscribe.owner())
        .addAllAttributes(Words.pairs(subscribe.attributes()))
        .setConfirmed(subscribe.confirmed())
        .build();
  }

  private static PutResource words(TopicDefinitionCommand.PutResource put) {
    return PutResource.newBuilder()
        .setKey(TopicWords.resource(put.key()))
        .setExpectedRevision(put.expectedRevision())
        .addAllAttributes(Words.pairs(put.attributes()))
        .build();
  }

  static Command create(CreateTopic words) {
    return new TopicDefinitionCommand.CreateTopic(
        TopicWords.name(words.getName()),
        Words.pairs(words.getAttributesList()),
        Words.pairs(words.getTagsList()));
  }

  static Command delete(DeleteTopic words) {
    return new TopicDefinitionCommand.DeleteTopic(new TopicId(words.getTopic()));
  }

  static Command replace(ReplaceTopic words) {
    return new TopicDefinitionCommand.ReplaceTopic(
        new TopicId(words.getTopic()),
        words.getExpectedRevision(),
        Words.pairs(words.getAttributesList()),
        Words.pairs(words.getTagsList()));
  }

  static Command subscribe(Subscribe words) {
    return new TopicDefinitionCommand.Subscribe(
        new TopicId(words.getTopic()),
        words.getProtocol(),
        words.getEndpoint(),
        words.getOwner(),
        Words.pairs(words.getAttributesList()),
        words.getConfirmed());
  }

  static Command confirm(ConfirmSubscription words) {
    return new TopicDefinitionCommand.ConfirmSubscription(
        new SubscriptionId(words.getSubscription()),
        words.getAuthenticated(),
        words.getProtectedUnsubscribe());
  }

  static Command unsubscribe(Unsubscribe words) {
    return new TopicDefinitionCommand.Unsubscribe(
        new SubscriptionId(words.getSubscription()), words.getRestorable());
  }

  static Command replace(ReplaceSubscription words) {
    return new TopicDefinitionCommand.ReplaceSubscription(
        new SubscriptionId(words.getSubscription()),
        words.getExpectedRevision(),
        Words.pairs(words.getAttributesList()));
  }

  static Command put(PutResource words) {
    return new TopicDefinitionCommand.PutResource(
        TopicWords.resource(words.getKey()),
        words.getExpectedRevision(),
        Words.pairs(words.getAttributesList()));
  }

  static Command remove(RemoveResource words) {
    return new TopicDefinitionCommand.RemoveResource(TopicWords.resource(words.getKey()));
  }

  static Command addKey(AddSigningKey words) {
    return new TopicDefinitionCommand.AddSigningKey(
        TopicWords.signingKey(words.getKey()), words.getOnlyIfNone());
  }

  private TopicDefinitionWords() {}
}

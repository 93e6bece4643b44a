package io.tern.state.catalogue;

import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.TopicDefinitionChange.ResourceDefined;
import io.tern.state.TopicDefinitionChange.ResourceUndefined;
import io.tern.state.TopicDefinitionChange.SigningKeyAdded;
import io.tern.state.TopicDefinitionCommand.AddSigningKey;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.TopicDefinitionCommand.RemoveResource;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of resources of mobile push and text messages, and of signing keys; called
 * by the catalogue's machine.
 */
final class ResourceRules {
  private ResourceRules() {}

  static Decision put(CatalogueView state, PutResource command) {
    ResourceDefinition known = state.topics().resource(command.key());
    long revision = known == null ? 0 : known.revision();
    if (revision != command.expectedRevision() || isOrphan(state, command.key())) {
      return Decision.reply(new Reply.Outdated());
    }
    return known == null && state.topics().resources() >= Limits.RESOURCES
        ? Rejections.of(ErrorCode.THROTTLED, "The cluster holds as many resources as it can.")
        : Decision.done(
            List.of(
                new ResourceDefined(
                    new ResourceDefinition(
                        command.key(),
                        revision + 1,
                        Collections.unmodifiableSortedMap(new TreeMap<>(command.attributes()))))));
  }

  /** Whether it is an endpoint whose application was removed meanwhile. */
  private static boolean isOrphan(CatalogueView state, ResourceKey key) {
    @Nullable ResourceKey application = key.application();
    return application != null && state.topics().resource(application) == null;
  }

  static Decision remove(CatalogueView state, RemoveResource command) {
    List<Change> changes = new ArrayList<>();
    if (state.topics().resource(command.key()) != null) {
      changes.add(new ResourceUndefined(command.key()));
    }
    if (command.key().kind() == ResourceKind.PLATFORM_APPLICATION) {
      for (ResourceDefinition endpoint : state.topics().endpoints(command.key())) {
        changes.add(new ResourceUndefined(endpoint.key()));
      }
    }
    return Decision.done(changes);
  }

  static Decision add(CatalogueView state, AddSigningKey command) {
    Collection<SigningKey> known = state.topics().signingKeys();
    boolean needless =
        command.onlyIfNone()
            ? !known.isEmpty()
            : known.stream().anyMatch(key -> key.id().equals(command.key().id()));
    if (needless) {
      return Decision.reply(new Reply.Done());
    }
    return known.size() >= Limits.SIGNING_KEYS
        ? Rejections.of(ErrorCode.THROTTLED, "The cluster has as many signing keys as it can.")
        : Decision.done(List.of(new SigningKeyAdded(command.key())));
  }
}

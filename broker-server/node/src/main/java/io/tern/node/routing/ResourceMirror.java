package io.tern.node.routing;

import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The catalogue's resources of mobile push and text messages, and its signing keys, as this node's
 * replica knows them; a part of {@link CatalogueMirror}. One thread writes, any thread reads.
 */
public final class ResourceMirror {
  private final ConcurrentSkipListMap<ResourceKey, ResourceDefinition> resources =
      new ConcurrentSkipListMap<>();

  /** In the order in which they were added. */
  private final List<SigningKey> signingKeys = new CopyOnWriteArrayList<>();

  private final CompletableFuture<SigningKey> first = new CompletableFuture<>();

  ResourceMirror() {}

  public Optional<ResourceDefinition> find(ResourceKey key) {
    return Optional.ofNullable(resources.get(key));
  }

  /** Those of the kind whose names begin with the prefix, by name, after the one given. */
  public List<ResourceDefinition> list(
      ResourceKind kind, String region, String account, String prefix, String after, int most) {
    List<ResourceDefinition> found = new ArrayList<>();
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    ResourceKey first = new ResourceKey(kind, region, account, from);
    for (ResourceDefinition resource :
        resources.tailMap(first, !from.equals(after) || after.isEmpty()).values()) {
      ResourceKey key = resource.key();
      boolean other =
          key.kind() != kind || !key.region().equals(region) || !key.account().equals(account);
      if (found.size() == most || other || !key.name().startsWith(prefix)) {
        break;
      }
      found.add(resource);
    }
    return found;
  }

  /** What notifications are signed with now; empty until the cluster has a key. */
  public Optional<SigningKey> signingKey() {
    return signingKeys.isEmpty() ? Optional.empty() : Optional.of(signingKeys.getLast());
  }

  /** Of any key that was ever used. */
  public Optional<SigningKey> signingKey(String id) {
    return signingKeys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Completed once the cluster has a signing key, with the first that this node knows of. */
  public CompletableFuture<SigningKey> firstSigningKey() {
    return first.copy();
  }

  void define(ResourceDefinition resource) {
    resources.put(resource.key(), resource);
  }

  void undefine(ResourceKey key) {
    resources.remove(key);
  }

  void add(SigningKey key) {
    if (signingKey(key.id()).isEmpty()) {
      signingKeys.add(key);
    }
    first.complete(key);
  }

  /** The resources and keys of a checkpoint are all that there are. */
  void load(Collection<ResourceDefinition> known, List<SigningKey> keys) {
    Set<ResourceKey> gone = new HashSet<>(resources.keySet());
    for (ResourceDefinition resource : known) {
      define(resource);
      gone.remove(resource.key());
    }
    gone.forEach(this::undefine);
    keys.forEach(this::add);
  }
}

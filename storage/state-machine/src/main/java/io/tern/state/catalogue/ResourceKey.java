package io.tern.state.catalogue;

import java.util.Comparator;

/**
 * What a resource is called.
 *
 * @param name of an application PLATFORM/name, of an endpoint PLATFORM/application/id, of a number
 *     the number, of the text message attributes empty
 */
public record ResourceKey(ResourceKind kind, String region, String account, String name)
    implements Comparable<ResourceKey> {
  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::kind)
          .thenComparing(ResourceKey::region)
          .thenComparing(ResourceKey::account)
          .thenComparing(ResourceKey::name);

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }
}

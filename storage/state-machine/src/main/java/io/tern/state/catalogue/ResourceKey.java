package io.tern.state.catalogue;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

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

  /** The key of the application's endpoint of that id. */
  public ResourceKey endpoint(String id) {
    return new ResourceKey(ResourceKind.PLATFORM_ENDPOINT, region, account, name + "/" + id);
  }

  /** The key of the application whose endpoint this is; null when it is none. */
  public @Nullable ResourceKey application() {
    int end = name.lastIndexOf('/');
    return kind == ResourceKind.PLATFORM_ENDPOINT && end > 0
        ? new ResourceKey(
            ResourceKind.PLATFORM_APPLICATION, region, account, name.substring(0, end))
        : null;
  }

  /** Whether this is an endpoint of that application. */
  public boolean isEndpointOf(ResourceKey application) {
    return kind == ResourceKind.PLATFORM_ENDPOINT
        && region.equals(application.region)
        && account.equals(application.account)
        && name.startsWith(application.name + "/");
  }

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }
}

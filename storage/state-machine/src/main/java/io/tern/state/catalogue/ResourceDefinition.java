package io.tern.state.catalogue;

import java.util.SortedMap;

/**
 * A resource of mobile push or text messages, as the catalogue defines it.
 *
 * @param revision counts its changes, from 1
 */
public record ResourceDefinition(
    ResourceKey key, long revision, SortedMap<String, String> attributes) {}

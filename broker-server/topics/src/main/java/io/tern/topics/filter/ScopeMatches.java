package io.tern.topics.filter;

import java.util.Set;

/**
 * Which subscriptions with a filter policy of one scope a message goes to, by number, and why it
 * does not go to the others of that scope.
 */
public record ScopeMatches(Set<Long> subscriptions, FilteredOut others) {}

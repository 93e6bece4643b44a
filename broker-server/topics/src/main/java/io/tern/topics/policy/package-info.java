/**
 * What callers may say about topics and subscriptions, in SNS's words when they may not, and how
 * deliveries to the world are tried again.
 */
@NullMarked
package io.tern.topics.policy;

import org.jspecify.annotations.NullMarked;

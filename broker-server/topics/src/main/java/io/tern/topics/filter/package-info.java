/**
 * The filter policies of subscriptions: what a policy may say, and which subscriptions a message
 * matches.
 */
@NullMarked
package io.tern.topics.filter;

import org.jspecify.annotations.NullMarked;

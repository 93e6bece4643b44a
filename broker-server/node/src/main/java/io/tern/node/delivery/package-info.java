/**
 * Carries notifications to the world outside: web endpoints, functions, mail, gateways, streams.
 */
@NullMarked
package io.tern.node.delivery;

import org.jspecify.annotations.NullMarked;

/** The way to a cluster: endpoints, the connection, names, and failures in words. */
@NullMarked
package io.tern.command.rpc;

import org.jspecify.annotations.NullMarked;

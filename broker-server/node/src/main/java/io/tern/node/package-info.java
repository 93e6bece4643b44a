/** The shell: HTTP, gRPC, Ratis, routing, duties and all wiring. */
@NullMarked
package io.tern.node;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code io.tern.command.rpc}. */
@NullMarked
package io.tern.command.rpc;

import org.jspecify.annotations.NullMarked;

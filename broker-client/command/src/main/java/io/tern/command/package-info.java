/** The {@code tern} command, but for {@code serve}, which is the node's own. */
@NullMarked
package io.tern.command;

import org.jspecify.annotations.NullMarked;

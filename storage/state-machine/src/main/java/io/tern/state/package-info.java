/**
 * The rules: pure, deterministic, without I/O, clock or chance. Time and identity enter with the
 * command.
 */
@NullMarked
package io.tern.state;

import org.jspecify.annotations.NullMarked;

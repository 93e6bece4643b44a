/** Tests of {@code io.tern.command.values}. */
@NullMarked
package io.tern.command.values;

import org.jspecify.annotations.NullMarked;

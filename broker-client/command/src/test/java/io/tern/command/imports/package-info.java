/** Tests of {@code io.tern.command.imports}. */
@NullMarked
package io.tern.command.imports;

import org.jspecify.annotations.NullMarked;

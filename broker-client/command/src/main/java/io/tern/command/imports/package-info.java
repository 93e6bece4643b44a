/** {@code tern import}: configuration files of other brokers. */
@NullMarked
package io.tern.command.imports;

import org.jspecify.annotations.NullMarked;

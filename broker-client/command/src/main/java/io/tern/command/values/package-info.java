/** What people type as values of options: durations, sizes, attributes. */
@NullMarked
package io.tern.command.values;

import org.jspecify.annotations.NullMarked;

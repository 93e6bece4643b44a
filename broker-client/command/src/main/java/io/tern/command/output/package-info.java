/** What commands print: tables, JSON, progress; and how they end. */
@NullMarked
package io.tern.command.output;

import org.jspecify.annotations.NullMarked;

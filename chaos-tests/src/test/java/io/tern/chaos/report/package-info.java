/** What people read after a chaos run: one page with pictures, a line on the console, figures. */
@NullMarked
package io.tern.chaos.report;

import org.jspecify.annotations.NullMarked;

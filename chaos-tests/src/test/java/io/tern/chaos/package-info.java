/**
 * Real server processes under faults: killed nodes, lost logs, bad input. Also the harness that
 * starts them.
 */
@NullMarked
package io.tern.chaos;

import org.jspecify.annotations.NullMarked;

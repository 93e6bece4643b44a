/**
 * A cluster of real nodes in containers, one for each zone, and the means to hurt it: its disks,
 * its links and its clocks. Testcontainers is known here only.
 */
@NullMarked
package io.tern.chaos.container;

import org.jspecify.annotations.NullMarked;

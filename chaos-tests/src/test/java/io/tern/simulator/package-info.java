/**
 * A whole cluster of machines in one thread, from one seed: a simulated log, lossy network, leader
 * changes, crashes and restarts from images, and checkers that read the history.
 */
@NullMarked
package io.tern.simulator;

import org.jspecify.annotations.NullMarked;

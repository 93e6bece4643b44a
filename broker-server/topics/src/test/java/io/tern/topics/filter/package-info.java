/**
 * Compares filter policies with scripts, with a plain reading of the rules and with event-ruler.
 */
@NullMarked
package io.tern.topics.filter;

import org.jspecify.annotations.NullMarked;

/** How deliveries to the world are tried again: delivery policies and their schedules. */
@NullMarked
package io.tern.topics.policy;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.tern.topics.envelope;

import org.jspecify.annotations.NullMarked;

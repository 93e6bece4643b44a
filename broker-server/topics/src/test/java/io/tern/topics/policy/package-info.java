@NullMarked
package io.tern.topics.policy;

import org.jspecify.annotations.NullMarked;

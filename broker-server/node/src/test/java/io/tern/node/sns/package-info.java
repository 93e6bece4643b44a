@NullMarked
package io.tern.node.sns;

import org.jspecify.annotations.NullMarked;

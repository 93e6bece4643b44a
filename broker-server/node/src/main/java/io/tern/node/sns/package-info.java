/** The operations of SNS, one class for each group of them. */
@NullMarked
package io.tern.node.sns;

import org.jspecify.annotations.NullMarked;

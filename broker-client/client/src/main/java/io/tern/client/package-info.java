/** The Java client over gRPC and the tern command; it comes with a later issue. */
@NullMarked
package io.tern.client;

import org.jspecify.annotations.NullMarked;

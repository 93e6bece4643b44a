/** Tests of the parts of the client that need no server. */
@NullMarked
package io.tern.client;

import org.jspecify.annotations.NullMarked;

/** Bytes of AWS protocols to messages of the API model and back. */
@NullMarked
package io.tern.protocols;

import org.jspecify.annotations.NullMarked;

/**
 * The behaviour of Amazon SQS, asserted through its SDKs and through raw HTTP, on one node and on
 * three.
 */
@NullMarked
package io.tern.conformance;

import org.jspecify.annotations.NullMarked;

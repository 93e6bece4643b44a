/** What subscribers receive: the documents, their signatures, the certificate. */
@NullMarked
package io.tern.topics.envelope;

import org.jspecify.annotations.NullMarked;

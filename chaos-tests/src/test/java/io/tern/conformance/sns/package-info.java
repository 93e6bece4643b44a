/** SNS as the AWS SDK for Java sees it, against one node and three. */
@NullMarked
package io.tern.conformance.sns;

import org.jspecify.annotations.NullMarked;

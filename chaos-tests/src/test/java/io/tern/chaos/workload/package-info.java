/** What clients do during a chaos run, through real SDKs. One workload in a file each. */
@NullMarked
package io.tern.chaos.workload;

import org.jspecify.annotations.NullMarked;

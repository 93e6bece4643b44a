/** One chaos run from its seed to its verdict, and the suites that are made of runs. */
@NullMarked
package io.tern.chaos.run;

import org.jspecify.annotations.NullMarked;

/**
 * One class of Apache Ratis that Tern replaces: its own forgets to force the folder after a rename.
 */
@NullMarked
package org.apache.ratis.util;

import org.jspecify.annotations.NullMarked;

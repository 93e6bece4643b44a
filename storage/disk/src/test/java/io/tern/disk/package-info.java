/** Tests of the rules' memory on disk, with a real RocksDB. */
@NullMarked
package io.tern.disk;

import org.jspecify.annotations.NullMarked;

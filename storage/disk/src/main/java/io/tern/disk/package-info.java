/** The rules' memory on disk: codecs, RocksDB, checkpoints. */
@NullMarked
package io.tern.disk;

import org.jspecify.annotations.NullMarked;

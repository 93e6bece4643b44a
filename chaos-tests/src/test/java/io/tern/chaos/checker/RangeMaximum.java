package io.tern.chaos.checker;

/** The largest of any stretch of numbers, in logarithmic time; for {@link FifoOrderChecker}. */
final class RangeMaximum {
  private final long[] values;
  private final int[] tree;
  private final int size;

  RangeMaximum(long[] values) {
    this.values = values;
    this.size = values.length;
    this.tree = new int[2 * size];
    for (int i = 0; i < size; i++) {
      tree[size + i] = i;
    }
    for (int node = size - 1; node > 0; node--) {
      tree[node] = larger(tree[2 * node], tree[2 * node + 1]);
    }
  }

  private int larger(int a, int b) {
    return values[a] >= values[b] ? a : b;
  }

  /** Where the largest of those places is; -1 when there are none. */
  int of(int from, int until) {
    int best = -1;
    int low = from + size;
    int high = until + size;
    while (low < high) {
      if ((low & 1) == 1) {
        best = best < 0 ? tree[low] : larger(best, tree[low]);
        low++;
      }
      if ((high & 1) == 1) {
        high--;
        best = best < 0 ? tree[high] : larger(best, tree[high]);
      }
      low >>= 1;
      high >>= 1;
    }
    return best;
  }
}

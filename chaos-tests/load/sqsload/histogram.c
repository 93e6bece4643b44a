// Log-linear buckets: bucket widths double with each power of two, so the relative error is constant.
#include "histogram.h"

static int bucket_of(uint64_t nanos) {
  if (nanos < HISTOGRAM_STEPS) return (int)nanos;
  int shift = 63 - __builtin_clzll(nanos) - 6;  // keeps the leading bit and six bits below it
  return (shift + 1) * HISTOGRAM_STEPS + (int)((nanos >> shift) - HISTOGRAM_STEPS);
}

static double middle_of(int bucket) {
  if (bucket < HISTOGRAM_STEPS) return bucket;
  int shift = bucket / HISTOGRAM_STEPS - 1;
  uint64_t low = (uint64_t)(HISTOGRAM_STEPS + bucket % HISTOGRAM_STEPS) << shift;
  return (double)(low + ((1ull << shift) >> 1));
}

void histogram_add(struct histogram *histogram, int64_t nanos) {
  uint64_t value = nanos < 0 ? 0 : (uint64_t)nanos;
  histogram->buckets[bucket_of(value)]++;
  histogram->count++;
  histogram->sum_nanos += (double)value;
  if (value > histogram->max_nanos) histogram->max_nanos = value;
}

double histogram_quantile_micros(const struct histogram *histogram, double fraction) {
  uint64_t wanted = (uint64_t)(fraction * (double)histogram->count);
  uint64_t passed = 0;
  for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
    passed += histogram->buckets[i];
    if (passed > wanted) return middle_of(i) / 1e3;
  }
  return (double)histogram->max_nanos / 1e3;
}

double histogram_mean_micros(const struct histogram *histogram) {
  return histogram->count ? histogram->sum_nanos / (double)histogram->count / 1e3 : 0;
}

// A latency histogram of fixed size: buckets 1.6 % wide, any value up to 2^63 nanoseconds.
// The workload adds to it on every reply; the report asks for quantiles.
#ifndef SQSLOAD_HISTOGRAM_H
#define SQSLOAD_HISTOGRAM_H

#include <stdint.h>

enum {
  HISTOGRAM_STEPS = 64,  // linear steps within each power of two
  HISTOGRAM_BUCKETS = 58 * HISTOGRAM_STEPS
};

struct histogram {
  uint64_t buckets[HISTOGRAM_BUCKETS];
  uint64_t count;
  uint64_t max_nanos;
  double sum_nanos;
};

void histogram_add(struct histogram *histogram, int64_t nanos);

// The value below which the given fraction (0 to 1) of the added values lie.
double histogram_quantile_micros(const struct histogram *histogram, double fraction);

double histogram_mean_micros(const struct histogram *histogram);

#endif

package io.tern.chaos.report;

import io.tern.chaos.history.FaultEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Two pictures of one workload: calls in a second, and latencies on a logarithmic scale, both with
 * gaps shaded and faults marked. Part of {@link RunReport}.
 */
final class LoadChart {
  private static final int HEIGHT = 140;
  private static final int TOP = 8;
  private static final int BOTTOM = HEIGHT - 30;

  private final TimeAxis axis;
  private final LoadSeries series;
  private final List<FaultEvent> faults;
  private final FaultTimeline colours;

  LoadChart(TimeAxis axis, LoadSeries series, List<FaultEvent> faults, FaultTimeline colours) {
    this.axis = axis;
    this.series = series;
    this.faults = faults;
    this.colours = colours;
  }

  String throughput() {
    double highest = Math.max(1, series.highestPerSecond());
    StringBuilder svg = begin("Calls in a second");
    scale(svg, "ok/s", Markup.number(Math.round(highest)), "0");
    IntToDoubleFunction y = b -> BOTTOM - series.okPerSecond(b) / highest * (BOTTOM - TOP);
    svg.append("<path class='area' d='%s'/>\n".formatted(area(y)));
    svg.append("<path class='ok' d='%s'/>\n".formatted(line(y)));
    for (int bucket = 0; bucket < series.buckets(); bucket++) {
      mark(svg, bucket, series.unknowns(bucket), "unknown", BOTTOM + 3);
      mark(svg, bucket, series.fails(bucket), "fail", BOTTOM + 8);
    }
    return svg.append("</svg>\n").toString();
  }

  String latency() {
    double most = Math.max(10, series.slowestMillis());
    StringBuilder svg = begin("Latency");
    scale(svg, "ms, log", Markup.number(Math.round(most)), "1");
    line(svg, "max", 1, most);
    line(svg, "p99", 0.99, most);
    line(svg, "p50", 0.5, most);
    return svg.append("</svg>\n").toString();
  }

  private StringBuilder begin(String label) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>\n"
            .formatted(TimeAxis.WIDTH, HEIGHT, Markup.escape(label)));
    svg.append(axis.grid(HEIGHT));
    for (LoadSeries.Gap gap : series.gaps()) {
      long millis = (gap.untilNanos() - gap.fromNanos()) / 1_000_000;
      svg.append(
          ("<rect class='gap' x='%s' y='0' width='%s' height='%d'>"
                  + "<title>no send acknowledged for %s</title></rect>\n")
              .formatted(
                  Markup.at(axis.x(gap.fromNanos())),
                  Markup.at(Math.max(1, axis.x(gap.untilNanos()) - axis.x(gap.fromNanos()))),
                  BOTTOM,
                  Markup.duration(millis)));
    }
    for (FaultEvent fault : faults) {
      String x = Markup.at(axis.x(fault.injectedNanos()));
      svg.append(
          "<line x1='%s' x2='%s' y1='0' y2='%d' stroke='%s' stroke-dasharray='2 3'/>\n"
              .formatted(x, x, BOTTOM, colours.colour(fault.nemesis())));
    }
    return svg;
  }

  private static void scale(StringBuilder svg, String unit, String top, String bottom) {
    int x = TimeAxis.LEFT - 8;
    String text = "<text class='%s' x='%d' y='%d' text-anchor='end'>%s</text>\n";
    svg.append(text.formatted("tick", x, TOP + 8, top));
    svg.append(text.formatted("label", x, (TOP + BOTTOM) / 2 + 4, unit));
    svg.append(text.formatted("tick", x, BOTTOM, bottom));
  }

  private void mark(StringBuilder svg, int bucket, int count, String kind, int y) {
    if (count > 0) {
      svg.append(
          "<rect class='%s' x='%s' y='%d' width='3' height='4'><title>%d %s</title></rect>\n"
              .formatted(kind, Markup.at(axis.x(series.begin(bucket))), y, count, kind));
    }
  }

  private void line(StringBuilder svg, String name, double part, double most) {
    svg.append(
        "<path class='%s' d='%s'/>\n"
            .formatted(
                name,
                line(b -> {
                  double millis = Math.max(1, series.millis(b, part));
                  return BOTTOM - Math.log(millis) / Math.log(most) * (BOTTOM - TOP);
                })));
  }

  /** Broken where nothing is known. */
  private String line(IntToDoubleFunction y) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int bucket = 0; bucket < series.buckets(); bucket++) {
      double at = y.applyAsDouble(bucket);
      if (Double.isNaN(at)) {
        down = false;
      } else {
        path.append(down ? 'L' : 'M').append(point(bucket, at));
        if (!down) {
          path.append('h').append("0.5");
        }
        down = true;
      }
    }
    return path.toString();
  }

  private String area(IntToDoubleFunction y) {
    StringBuilder path = new StringBuilder();
    for (int bucket = 0; bucket < series.buckets(); bucket++) {
      path.append(bucket == 0 ? 'M' : 'L').append(point(bucket, y.applyAsDouble(bucket)));
    }
    path.append('L').append(point(series.buckets() - 1, BOTTOM));
    return path.append('L').append(point(0, BOTTOM)).append('Z').toString();
  }

  private String point(int bucket, double y) {
    return String.format(Locale.ROOT, "%.1f %.1f", axis.x(series.begin(bucket)), y);
  }
}

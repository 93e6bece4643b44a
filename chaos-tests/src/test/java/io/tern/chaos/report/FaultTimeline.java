package io.tern.chaos.report;

import io.tern.chaos.history.FaultEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The picture of the faults: a row for each kind, a bar for each fault, pale from its healing until
 * all nodes were well again. Part of {@link RunReport}.
 */
final class FaultTimeline {
  private static final int ROW = 24;

  private final TimeAxis axis;
  private final List<FaultEvent> faults;
  private final List<String> kinds;

  FaultTimeline(TimeAxis axis, List<FaultEvent> faults) {
    this.axis = axis;
    this.faults = faults;
    TreeSet<String> names = new TreeSet<>();
    faults.forEach(fault -> names.add(fault.nemesis()));
    this.kinds = new ArrayList<>(names);
  }

  /** One for each kind, as far apart as their number allows; fit for light and dark ground. */
  String colour(String kind) {
    return String.format(
        Locale.ROOT, "hsl(%d 62%% 52%%)", 360 * kinds.indexOf(kind) / Math.max(1, kinds.size()));
  }

  String svg() {
    int height = ROW * Math.max(1, kinds.size()) + 20;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='Faults over time'>\n"
            .formatted(TimeAxis.WIDTH, height));
    svg.append(axis.grid(height));
    for (int row = 0; row < kinds.size(); row++) {
      svg.append(
          "<text class='label' x='%d' y='%d' text-anchor='end'>%s</text>\n"
              .formatted(TimeAxis.LEFT - 8, row * ROW + 16, Markup.escape(kinds.get(row))));
    }
    for (FaultEvent fault : faults) {
      bar(svg, fault);
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(StringBuilder svg, FaultEvent fault) {
    int y = kinds.indexOf(fault.nemesis()) * ROW + 4;
    String title =
        "<title>"
            + Markup.escape(
                "%s of %s at %.1f s, healed at %.1f s, well at %.1f s: %s"
                    .formatted(
                        fault.nemesis(),
                        fault.target(),
                        axis.seconds(fault.injectedNanos()),
                        axis.seconds(fault.healedNanos()),
                        axis.seconds(fault.recoveredNanos()),
                        fault.detail()))
            + "</title>";
    rect(svg, fault, fault.injectedNanos(), fault.healedNanos(), y, "1", title);
    rect(svg, fault, fault.healedNanos(), fault.recoveredNanos(), y, "0.35", title);
  }

  private void rect(
      StringBuilder svg,
      FaultEvent fault,
      long from,
      long until,
      int y,
      String opacity,
      String title) {
    double left = axis.x(from);
    double width = Math.max(2, axis.x(until) - left);
    svg.append(
        "<rect x='%s' y='%d' width='%s' height='%d' rx='2' fill='%s' fill-opacity='%s'>%s</rect>\n"
            .formatted(
                Markup.at(left),
                y,
                Markup.at(width),
                ROW - 8,
                colour(fault.nemesis()),
                opacity,
                title));
  }
}

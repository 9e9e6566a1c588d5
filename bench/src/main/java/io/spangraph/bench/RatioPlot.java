package io.spangraph.bench;

import java.util.List;
import java.util.Locale;

/** Our processor time over the peer's on the same files, one bar a row on a scale of powers of ten, as an SVG. */
final class RatioPlot {
    private static final int LABEL = 190;
    private static final int WIDTH = 520;
    private static final int LINE = 16;
    private static final int TOP = 40;
    private static final double LEAST = 0.001;
    private static final double MOST = 100;

    private RatioPlot() {}

    static String of(List<BenchRow> rows) {
        List<BenchRow> shown = rows.stream()
                .filter(row -> row.checksumEqual()
                        && row.ours().cpuMillis() > 0
                        && row.peer()
                                .filter(peer -> peer.input() == PeerInput.ALL
                                        && peer.timing().cpuMillis() > 0)
                                .isPresent())
                .toList();
        int height = TOP + LINE * shown.size() + 20;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"10\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"%d\" y=\"14\">processor time of Spangraph over that of DuckDB, same files"
                        + " (dark: column-warm)</text>%n",
                LABEL + WIDTH + 20,
                height,
                LABEL));
        for (double mark = LEAST; mark <= MOST * 1.01; mark *= 10) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$d\" x2=\"%1$d\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>"
                            + "<text x=\"%1$d\" y=\"%5$d\" text-anchor=\"middle\">%6$s</text>%n",
                    x(mark),
                    TOP - 6,
                    height - 16,
                    Math.abs(mark - 1) < 1e-9 ? "black" : "#ddd",
                    TOP - 12,
                    Double.toString(Math.round(mark * 1_000) / 1_000.0).replaceAll("\\.0$", "")));
        }
        for (int i = 0; i < shown.size(); i++) {
            svg.append(bar(shown.get(i), TOP + LINE * i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(BenchRow row, int y) {
        double ratio =
                row.ours().cpuMillis() / row.peer().orElseThrow().timing().cpuMillis();
        int from = Math.min(x(1), x(ratio));
        boolean warm = row.state() == BenchState.COLUMN_WARM;
        String colour = ratio <= 1 ? warm ? "#1b7837" : "#7fbf7b" : warm ? "#b2182b" : "#ef8a62";
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                LABEL - 8,
                y + LINE - 5,
                row.row(),
                from,
                y + 2,
                Math.max(1, Math.abs(x(1) - x(ratio))),
                LINE - 5,
                colour);
    }

    private static int x(double ratio) {
        double share = Math.log10(Math.clamp(ratio, LEAST, MOST) / LEAST) / Math.log10(MOST / LEAST);
        return LABEL + (int) Math.round(share * WIDTH);
    }
}

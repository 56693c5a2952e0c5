package io.x402compute.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text under names, as wide as they need to be. A column of numbers is one whose name starts with {@code >}. */
public final class Table {
    private static final String GAP = "  ";
    private static final String TO_THE_RIGHT = ">";

    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... columns) {
        this.columns = List.of(columns);
    }

    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Object::toString).toList());
        return this;
    }

    /** Or a sentence, where there are no rows. */
    public String or(String nothing) {
        return rows.isEmpty() ? nothing : toString();
    }

    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(name -> name.replace(TO_THE_RIGHT, "").toUpperCase(Locale.ROOT)).toList());
        lines.addAll(rows);
        int[] widths = IntStream.range(0, columns.size())
                .map(column -> lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0)).toArray();
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(columns.get(column).startsWith(TO_THE_RIGHT) ? padding + cell : cell + padding).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}

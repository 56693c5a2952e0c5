package io.x402compute.local.inference.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A document's text, page by page as far as that can be told. Of PDF, what is shown with {@code Tj} and {@code TJ} in plain or deflated
 * streams of Latin letters; the rest of that format is not for here.
 */
public record Document(String text, int pages) {
    private static final int LONGEST = 4 << 20;
    private static final Pattern STREAM = Pattern
            .compile("(<<[^>]*(?:>[^>]+)*>>)\\s*stream\\r?\\n(.*?)\\r?\\nendstream", Pattern.DOTALL);
    private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b");
    private static final String STRING = "\\([^\\\\)]*(?:\\\\.[^\\\\)]*)*\\)";
    private static final Pattern SHOWN = Pattern
            .compile("\\[([^\\](]*(?:" + STRING + "[^\\](]*)*)\\]\\s*TJ|(" + STRING + ")\\s*(?:Tj|')");
    private static final Pattern LETTERS = Pattern.compile(STRING);

    /**
     * The text in a file.
     *
     * @throws UnreadableException unless it is PDF, or text
     */
    public static Document read(byte[] file) throws UnreadableException {
        if (!Sound.has(file, 0, "%PDF-")) {
            return ofText(new String(file, StandardCharsets.UTF_8));
        }
        String raw = new String(file, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>();
        for (Matcher streams = STREAM.matcher(raw); streams.find();) {
            String content = streams.group(1).contains("/FlateDecode") ? inflated(streams.group(2)) : streams.group(2);
            SHOWN.matcher(content).results().map(Document::letters).forEach(lines::add);
        }
        return new Document(String.join("\n", lines), Math.max(1, (int) PAGE.matcher(raw).results().count()));
    }

    /** A PDF of one page with these lines of Latin letters. */
    public static byte[] pdf(List<String> lines) {
        StringBuilder shown = new StringBuilder("BT /F1 12 Tf 72 720 Td 14 TL\n");
        lines.forEach(line -> shown.append('(').append(line.replaceAll("([\\\\()])", "\\\\$1")).append(") Tj T*\n"));
        shown.append("ET");
        List<String> objects = List.of("<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                        + "/Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length " + shown.length() + " >>\nstream\n" + shown + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        StringBuilder file = new StringBuilder("%PDF-1.4\n");
        StringBuilder index = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            index.append("%010d 00000 n \n".formatted(file.length()));
            file.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int begin = file.length();
        file.append(index).append("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n").append(begin).append("\n%%EOF\n");
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Document ofText(String text) throws UnreadableException {
        if (text.isBlank() || text.chars().anyMatch(letter -> letter < ' ' && !Character.isWhitespace(letter))) {
            throw new UnreadableException("neither PDF nor text");
        }
        return new Document(text.replaceAll("<[^>]*>", " ").strip(), 1);
    }

    private static String letters(MatchResult shown) {
        String text = shown.group(1) != null ? shown.group(1) : shown.group(2);
        StringBuilder letters = new StringBuilder();
        LETTERS.matcher(text).results()
                .forEach(piece -> letters.append(unescaped(piece.group())));
        return letters.toString();
    }

    private static String unescaped(String string) {
        return string.substring(1, string.length() - 1).replaceAll("\\\\([\\\\()])", "$1");
    }

    private static String inflated(String stream) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stream.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = inflater.inflate(buffer); read > 0 && out.size() < LONGEST; read = inflater
                    .inflate(buffer)) {
                out.write(buffer, 0, read);
            }
            return out.toString(StandardCharsets.ISO_8859_1);
        } catch (DataFormatException e) {
            // A stream that is damaged shows nothing.
            return "";
        } finally {
            inflater.end();
        }
    }
}

package io.spangraph.server.cli;

/** How many cells of a terminal a text takes: East Asian characters and emoji take two, combining marks none. */
final class TextWidth {
    private static final String ELLIPSIS = "…";

    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** The text, or its beginning and an ellipsis where it is wider. */
    static String cut(String text, int widest) {
        if (of(text) <= widest) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 0;
        for (int character : text.codePoints().toArray()) {
            width += of(character);
            if (width > widest - 1) {
                break;
            }
            cut.appendCodePoint(character);
        }
        return cut.append(ELLIPSIS).toString();
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isWide(int character) {
        return in(character, 0x1100, 0x115f)
                || in(character, 0x2e80, 0xa4cf) && character != 0x303f
                || in(character, 0xac00, 0xd7a3)
                || in(character, 0xf900, 0xfaff)
                || in(character, 0xfe30, 0xfe6f)
                || in(character, 0xff00, 0xff60)
                || in(character, 0xffe0, 0xffe6)
                || in(character, 0x1f300, 0x1f64f)
                || in(character, 0x1f680, 0x1f6ff)
                || in(character, 0x1f900, 0x1f9ff)
                || in(character, 0x20000, 0x3fffd);
    }

    private static boolean in(int character, int first, int last) {
        return character >= first && character <= last;
    }
}

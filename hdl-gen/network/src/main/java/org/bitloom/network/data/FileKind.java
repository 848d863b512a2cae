package org.bitloom.network.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a data file is. Raw bytes may look like anything, so a name that says raw counts more than the first bytes. */
enum FileKind {
    IDX, NPY, PNG, RECORDS_OR_RAW;

    private static final List<String> RAW_NAMES = List.of(".bin", ".rgb", ".raw", ".gray", ".grey");

    static FileKind of(ByteSource source) {
        String name = source.path().getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (RAW_NAMES.stream().anyMatch(name::endsWith)) {
            return RECORDS_OR_RAW;
        }
        byte[] start = source.peek(8);
        if (begins(start, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PNG;
        }
        if (begins(start, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return NPY;
        }
        if (start.length >= 4 && begins(start, 0, 0) && start[2] >= 8 && start[2] <= 14 && start[3] >= 1) {
            return IDX;
        }
        return RECORDS_OR_RAW;
    }

    private static boolean begins(byte[] start, int... magic) {
        byte[] expected = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            expected[i] = (byte) magic[i];
        }
        return start.length >= expected.length
                && Arrays.equals(start, 0, expected.length, expected, 0, expected.length);
    }
}

package org.bitloom.network.protobuf;

/**
 * What a file may cost. Every bound is checked before memory is taken for what it bounds.
 *
 * @param fileBytes    largest file that is opened
 * @param payloadBytes sum of the tensor contents; typed fields can need four times their bytes in the file
 * @param records      nodes, tensors, attributes, values and list entries, together
 * @param nameBytes    longest single name or string
 */
public record FileLimits(long fileBytes, long payloadBytes, long records, int nameBytes) {
    public static final FileLimits DEFAULT = new FileLimits(256L << 20, 512L << 20, 2_000_000, 4_096);
}

package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;

/**
 * A check of the design failed while it ran; the message names the instance (as {@code top.child.grandchild}), the
 * cycle and the Java line. The design is then as it was before the clock edge. Every simulator words it alike, and where
 * more than one check fails at an edge, reports the first: parents before their children, in a module assertions before
 * memories, each in the order of their definition; of a memory first its writes, then its reads, then collisions.
 */
public final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckFailedException(String message) {
        super(message);
    }

    static CheckFailedException assertion(String instance, long cycle, Check check) {
        return new CheckFailedException(instance + ", cycle " + cycle + ": " + check.message()
                + (check.location() == null ? "" : " (" + check.location() + ")"));
    }

    /** @param address as an unsigned decimal or hexadecimal number */
    static CheckFailedException beyondDepth(
            String instance, long cycle, MemoryDefinition memory, boolean write, String address) {
        return new CheckFailedException(instance + ", cycle " + cycle + ": " + (write ? "write to" : "read of") + " word "
                + address + " of memory " + memory.name() + ", which has " + memory.depth());
    }

    static CheckFailedException collision(String instance, long cycle, MemoryDefinition memory, String address) {
        return new CheckFailedException(instance + ", cycle " + cycle + ": word " + address + " of memory " + memory.name()
                + " is read and written at the same edge, which was declared never to happen");
    }
}

package org.bitloom.hdl;

import java.util.Optional;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.jspecify.annotations.Nullable;

/** A memory of a component under construction, or of an instance that still waits for its contents. */
final class OpenMemory {
    final Elaboration owner;
    final int index;
    final boolean rom;
    final int wordWidth;
    final int depth;
    final @Nullable CallSite site;
    @Nullable String name;
    MemoryStyle style = MemoryStyle.AUTOMATIC;
    Collision collision = Collision.READ_OLD;
    boolean read;
    boolean written;
    /** Given in the constructor: the same for every instance. */
    Optional<MemoryContents> contents = Optional.empty();
    /** Given from outside: those of this instance. */
    Optional<MemoryContents> instanceContents = Optional.empty();

    OpenMemory(Elaboration owner, int index, boolean rom, int wordWidth, int depth, @Nullable CallSite site) {
        this.owner = owner;
        this.index = index;
        this.rom = rom;
        this.wordWidth = wordWidth;
        this.depth = depth;
        this.site = site;
        this.name = site == null ? null : site.variable();
    }

    /** Takes its name from the variable that the result of the running call is stored in, unless it has one. */
    void nameHere() {
        if (name == null && !owner.repetition && owner.isOpen()) {
            name = CallSite.find().variable();
        }
    }

    String noun() {
        return rom ? "ROM" : "RAM";
    }

    String label() {
        return noun() + (name == null ? "" : " '" + name + "'");
    }

    /** Whether each instance has contents of its own. */
    boolean external() {
        return rom && contents.isEmpty();
    }

    void load(MemoryContents words) {
        if (words.wordWidth() != wordWidth || words.depth() != depth) {
            owner.problem(
                    CallSite.find(),
                    "contents",
                    "contents of " + words.depth() + " words of " + words.wordWidth() + " bits for " + label() + " of "
                            + depth + " words of " + wordWidth + " bits",
                    "give exactly the words that the memory holds");
        } else if (owner.isOpen()) {
            contents = Optional.of(words);
        } else {
            instanceContents = Optional.of(words);
        }
    }
}

package org.bitloom.blocks;

import java.util.List;
import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.Timing;

/** The control of a {@link ConcatUnit}. */
final class ConcatTiming implements Timing {
    private final int[] words;
    private int turn;
    private int word;
    private boolean full;

    ConcatTiming(List<Integer> words) {
        this.words = words.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int valid(int inputValid) {
        return full ? 1 : 0;
    }

    @Override
    public int ready(int inputValid, int outputReady) {
        return !full || outputReady != 0 ? 1 << turn : 0;
    }

    @Override
    public boolean clock(int inputValid, int outputReady) {
        if (full && outputReady == 0) {
            return false;
        }
        boolean before = full;
        full = (inputValid >>> turn & 1) != 0;
        if (full && ++word == words[turn]) {
            word = 0;
            turn = (turn + 1) % words.length;
        }
        return full || before;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(full ? 1 : 0);
        numbers.accept(turn);
        numbers.accept(word);
    }
}

package org.bitloom.sim;

/** A design in a few lines of Java: what the Verilog of the same name should do. */
abstract class StreamModel implements ClockedDesign {
    boolean reset;
    boolean inputValid;
    boolean outputReady;
    long[] input = {};

    @Override
    public void reset(boolean asserted) {
        reset = asserted;
    }

    @Override
    public void input(boolean valid, long[] limbs, int offset) {
        inputValid = valid;
        input = java.util.Arrays.copyOfRange(limbs, offset, limbs.length);
    }

    @Override
    public void outputReady(boolean ready) {
        outputReady = ready;
    }

    @Override
    public void settle() {}

    boolean takes() {
        return inputValid && inputReady();
    }

    boolean gives() {
        return outputValid() && outputReady;
    }

    /** One register of any width that takes a word when it is empty or being emptied. */
    static class Slice extends StreamModel {
        private final java.util.function.UnaryOperator<long[]> function;
        private final int limbs;
        private boolean full;
        private long[] word;

        Slice(int bits, java.util.function.UnaryOperator<long[]> function) {
            this.function = function;
            this.limbs = WordStream.limbsFor(bits);
            this.word = new long[limbs];
        }

        @Override
        public boolean inputReady() {
            return !full || outputReady;
        }

        @Override
        public boolean outputValid() {
            return full;
        }

        @Override
        public void outputData(long[] target, int offset) {
            System.arraycopy(word, 0, target, offset, limbs);
        }

        @Override
        public void clock() {
            if (inputReady()) {
                word = function.apply(input);
                full = inputValid;
            }
            full &= !reset;
        }
    }

    static final class SkidAdder extends StreamModel {
        private final java.util.ArrayDeque<Long> slots = new java.util.ArrayDeque<>();

        @Override
        public boolean inputReady() {
            return slots.size() < 2;
        }

        @Override
        public boolean outputValid() {
            return !slots.isEmpty();
        }

        @Override
        public void outputData(long[] target, int offset) {
            target[offset] = slots.getFirst();
        }

        @Override
        public void clock() {
            boolean takes = takes();
            if (gives()) {
                slots.removeFirst();
            }
            if (takes) {
                slots.addLast((input[0] & 255) + (input[0] >>> 8 & 255));
            }
            if (reset) {
                slots.clear();
            }
        }
    }

    static final class WideRotate extends StreamModel {
        @Override
        public boolean inputReady() {
            return outputReady;
        }

        @Override
        public boolean outputValid() {
            return inputValid;
        }

        @Override
        public void outputData(long[] target, int offset) {
            target[offset] = input[0] << 3 | input[3] >>> 5;
            target[offset + 1] = input[1] << 3 | input[0] >>> 61;
            target[offset + 2] = input[2] << 3 | input[1] >>> 61;
            target[offset + 3] = (input[3] << 3 | input[2] >>> 61) & 0xff;
        }

        @Override
        public void clock() {}
    }

    static final class FrameSum extends StreamModel {
        private int step;
        private long sum;

        @Override
        public boolean inputReady() {
            return step < 4;
        }

        @Override
        public boolean outputValid() {
            return step >= 4;
        }

        @Override
        public void outputData(long[] target, int offset) {
            target[offset] = step == 4 ? sum & 255 : sum >>> 8;
        }

        @Override
        public void clock() {
            if (takes()) {
                sum = input[0] + (step == 0 ? 0 : sum);
                step++;
            } else if (gives()) {
                step = (step + 1) % 6;
            }
            step = reset ? 0 : step;
        }
    }
}

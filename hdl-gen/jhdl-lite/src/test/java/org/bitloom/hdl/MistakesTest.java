package org.bitloom.hdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.junit.jupiter.api.Test;

/**
 * Every mistake that is checked at elaboration, with its message and the Java line. The line is that which carries the
 * component's name as a comment.
 */
class MistakesTest {
    static final class NarrowTarget extends Component {
        NarrowTarget() {
            UInt a = input(uint(8));
            UInt y = output(uint(4));
            y.drive(a); // NarrowTarget
        }
    }

    @Test
    void aWiderValueDoesNotFit() {
        rejected(NarrowTarget::new, "8 bits do not fit into 4-bit output 'y'", ".low(4)");
    }

    static final class LiteralRange extends Component {
        LiteralRange() {
            UInt y = output(uint(4));
            y.drive(99); // LiteralRange
        }
    }

    @Test
    void aNumberBeyondTheWidth() {
        rejected(LiteralRange::new, "the number 99 does not fit into an unsigned value of 4 bits", "widen the signal");
    }

    static final class Loop extends Component {
        Loop() {
            Bool a = input(bool());
            Bool y = output(bool());
            Bool z = wire(bool());
            Bool x = z.xor(a); // Loop
            z.drive(x);
            y.drive(z);
        }
    }

    @Test
    void aCombinationalLoopWithItsPath() {
        Problem problem = rejected(Loop::new, "combinational loop: ", "register");
        assertThat(problem.message()).contains("z").contains("x");
        assertThat(problem.related()).isNotEmpty();
    }

    static final class Incomplete extends Component {
        Incomplete() {
            Bool a = input(bool());
            Bool y = output(bool());
            when(a, () -> y.drive(yes())); // Incomplete
        }
    }

    @Test
    void aConditionWithoutOtherwiseIsNoLatch() {
        rejected(Incomplete::new, "output 'y' has no value while the condition here does not hold", "otherwise");
    }

    static final class Undriven extends Component {
        Undriven() {
            UInt a = input(uint(4));
            UInt y = output(uint(5));
            UInt t = wire(uint(4)); // Undriven
            y.drive(a.plus(t));
        }
    }

    @Test
    void aWireWithoutDriver() {
        rejected(Undriven::new, "wire 't' is not driven", ".drive");
    }

    static final class TwoDrivers extends Component {
        TwoDrivers() {
            Bool a = input(bool());
            Bool b = input(bool());
            Bool y = output(bool());
            y.drive(a);
            y.drive(b); // TwoDrivers
        }
    }

    @Test
    void twoDriversNameBothLines() {
        Problem problem = rejected(TwoDrivers::new, "output 'y' is given a value twice", "remove one");
        assertThat(problem.related()).hasSize(1);
        assertThat(problem.related().getFirst().location().line()).isEqualTo(problem.location().line() - 1);
    }

    static final class Inverter extends Component {
        final Bool a = input(bool());
        final Bool y = output(bool());

        Inverter() {
            y.drive(a.not());
        }
    }

    static final class NoConnection extends Component {
        NoConnection() {
            Inverter inverter = instance(Inverter::new); // NoConnection
            Bool y = output(bool());
            y.drive(inverter.y);
        }
    }

    @Test
    void anInstanceInputWithoutDriver() {
        rejected(NoConnection::new, "input 'a' of the instance of Inverter is not driven", ".drive");
    }

    static final class NoReset extends Component {
        NoReset() {
            UInt y = output(uint(4));
            UInt count = register(uint(4)); // NoReset
            count.next(count.plus(1).low(4));
            y.drive(count);
        }
    }

    @Test
    void aCounterWithoutReset() {
        rejected(NoReset::new, "register 'count' has no reset, and every value it gets depends on itself", "state(");
    }

    /** A second clock cannot be written: nothing in the vocabulary takes or names a clock. */
    @Test
    void aClockCrossingCannotBeExpressed() {
        assertThat(Component.class.getDeclaredMethods())
                .noneMatch(method -> method.getName().toLowerCase().contains("clock"))
                .noneMatch(method -> List.of(method.getParameterTypes()).stream()
                        .anyMatch(type -> type.getSimpleName().toLowerCase().contains("clock")));
    }

    static final class ForgottenResult extends Component {
        ForgottenResult() {
            UInt a = input(uint(4));
            UInt y = output(uint(5));
            a.plus(1); // ForgottenResult
            y.drive(a);
        }
    }

    @Test
    void aResultThatNobodyTakes() {
        rejected(ForgottenResult::new, "the result of this operation is not used", ".drive(…) or .next(…)");
    }

    static final class UnusedInput extends Component {
        UnusedInput() {
            UInt a = input(uint(4));
            UInt b = input(uint(4)); // UnusedInput
            UInt y = output(uint(5));
            y.drive(a.plus(1));
        }
    }

    @Test
    void anInputWithoutEffect() {
        rejected(UnusedInput::new, "input 'b' has no effect on any output", "remove the port");
    }

    static final class UnusedRegister extends Component {
        UnusedRegister() {
            UInt a = input(uint(4));
            UInt y = output(uint(4));
            UInt kept = register(uint(4)); // UnusedRegister
            kept.next(a);
            y.drive(a);
        }
    }

    @Test
    void aRegisterWithoutEffect() {
        rejected(UnusedRegister::new, "register 'kept' has no effect on any output", "remove it");
    }

    static final class NeverNext extends Component {
        NeverNext() {
            UInt y = output(uint(4));
            UInt held = state(uint(4), 3); // NeverNext
            y.drive(held);
        }
    }

    @Test
    void aRegisterThatNeverChanges() {
        rejected(NeverNext::new, "register 'held' never gets a next value", ".next");
    }

    static final class WrongVerb extends Component {
        WrongVerb() {
            UInt a = input(uint(4));
            UInt y = output(uint(4));
            UInt held = state(uint(4), 0);
            held.next(a);
            held.drive(a); // WrongVerb
            y.drive(held);
        }
    }

    @Test
    void aRegisterIsNotDriven() {
        rejected(WrongVerb::new, "'held' is a register and has no .drive(…)", ".next(…)");
    }

    static final class DrivenInput extends Component {
        DrivenInput() {
            UInt a = input(uint(4));
            UInt y = output(uint(4));
            a.drive(3); // DrivenInput
            y.drive(a);
        }
    }

    @Test
    void anInputIsNotDrivenFromInside() {
        rejected(DrivenInput::new, "'a' cannot be given a value", "wire(…)");
    }

    static final class BitsOfTwoWidths extends Component {
        BitsOfTwoWidths() {
            Bits a = input(bits(4));
            Bits b = input(bits(5));
            Bits y = output(bits(4));
            y.drive(a.xor(b.low(3))); // BitsOfTwoWidths
        }
    }

    @Test
    void bitsAreNotFilledUpSilently() {
        rejected(BitsOfTwoWidths::new, "xor of 4 and 3 bits", ".padded(n) or .low(n)");
    }

    static final class SliceBeyond extends Component {
        SliceBeyond() {
            Bits a = input(bits(4));
            Bits y = output(bits(4));
            y.drive(a.slice(5, 2)); // SliceBeyond
        }
    }

    @Test
    void bitsBeyondTheWidth() {
        rejected(SliceBeyond::new, "bits 5 down to 2 of 'a', which has 4", "stay within bits 3 down to 0");
    }

    static final class NameClash extends Component {
        NameClash() {
            Bool a = input(bool());
            Bool b = input(bool()).named("A"); // NameClash
            Bool y = output(bool());
            y.drive(a.and(b));
        }
    }

    @Test
    void twoPortsOfOneName() {
        rejected(NameClash::new, "name clash: there is already a port 'A'", "another name");
    }

    static final class KeywordPort extends Component {
        KeywordPort() {
            Bool a = input(bool());
            Bool table = output(bool()); // KeywordPort
            table.drive(a.not());
        }
    }

    @Test
    void aPortCalledLikeAKeyword() {
        rejected(KeywordPort::new, "port name 'table' is a keyword of Verilog, SystemVerilog or VHDL", "another name");
    }

    static final class NamelessPort extends Component {
        NamelessPort() {
            Bool y = output(bool());
            y.drive(input(bool()).not()); // NamelessPort
        }
    }

    @Test
    void aPortWithoutName() {
        rejected(NamelessPort::new, "this port has no name", ".named(");
    }

    static final class WideAddress extends Component {
        WideAddress() {
            UInt address = input(uint(4));
            UInt y = output(uint(8));
            Rom<UInt> table = rom(uint(8), 8)
                    .contents(MemoryContents.of(8, java.util.Collections.nCopies(8, BitVector.of(8, 1L))));
            y.drive(table.read(address)); // WideAddress
        }
    }

    @Test
    void anAddressBeyondTheMemory() {
        rejected(WideAddress::new, "an address of 4 bits reaches beyond the 8 words of ROM 'table'", ".low(3)");
    }

    static final class NoContents extends Component {
        NoContents() {
            UInt address = input(uint(3));
            UInt y = output(uint(8));
            Rom<UInt> table = rom(uint(8), 8);
            y.drive(table.read(address));
        }
    }

    @Test
    void aRomWithoutContents() {
        assertThat(problems(NoContents::new))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("ROM 'table' of bad has no contents"));
    }

    static final class ShortContents extends Component {
        ShortContents() {
            UInt address = input(uint(3));
            UInt y = output(uint(8));
            Rom<UInt> table = rom(uint(8), 8);
            table.contents(MemoryContents.of(8, List.of(BitVector.of(8, 1L)))); // ShortContents
            y.drive(table.read(address));
        }
    }

    @Test
    void contentsOfAnotherSize() {
        rejectedAmong(ShortContents::new, "contents of 1 words of 8 bits for ROM 'table' of 8 words of 8 bits");
    }

    static final class NeverWritten extends Component {
        NeverWritten() {
            UInt address = input(uint(3));
            UInt y = output(uint(8));
            Ram<UInt> memory = ram(uint(8), 8); // NeverWritten
            y.drive(memory.read(address));
        }
    }

    @Test
    void aRamThatIsNeverWritten() {
        rejected(NeverWritten::new, "RAM 'memory' is never written", "rom(…)");
    }

    static final class Inner extends Component {
        final Bool a = input(bool());
        final Bool y = output(bool());
        final Bool hidden = a.not();

        Inner() {
            y.drive(hidden);
        }
    }

    static final class LooksInside extends Component {
        LooksInside() {
            Bool a = input(bool());
            Bool y = output(bool());
            Inner inner = instance(Inner::new);
            inner.a.drive(a);
            y.drive(inner.y.and(inner.hidden)); // LooksInside
        }
    }

    @Test
    void aSignalInsideAnInstance() {
        rejected(LooksInside::new, "'hidden' is internal to the instance of Inner", "through a port");
    }

    static final class Direct extends Component {
        Direct() {
            Bool y = output(bool());
            y.drive(new Inverter().y); // Inverter
        }
    }

    @Test
    void aDirectNew() {
        rejected(Direct::new, "new Inverter(…) makes no instance", "instance(Inverter::new, config)");
    }

    static final class SwitchTwice extends Component {
        SwitchTwice() {
            UInt a = input(uint(2));
            Bool y = output(bool());
            y.drive(no());
            select(a).is(1, () -> y.drive(yes())).is(1, () -> y.drive(no())); // SwitchTwice
        }
    }

    @Test
    void oneValueWithTwoBranches() {
        rejected(SwitchTwice::new, "value 1 has two branches", "one branch");
    }

    static final class ArrayConfig extends Component {
        record Config(int[] weights) {}

        ArrayConfig(Config config) {
            Bool a = input(bool());
            Bool y = output(bool());
            y.drive(a);
        }
    }

    @Test
    void aConfigurationThatDoesNotCompareByValue() {
        assertThatThrownBy(() -> Elaborator.elaborate("bad", ArrayConfig::new, new ArrayConfig.Config(new int[1])))
                .isInstanceOf(ElaborationException.class)
                .hasMessageContaining("component 'weights' of Config is an array");
    }

    static final class Endless extends Component {
        Endless() {
            instance(Endless::new); // Endless
        }
    }

    @Test
    void aComponentInsideItself() {
        assertThat(problems(Endless::new))
                .anySatisfy(problem -> assertThat(problem.message()).contains("contains itself"));
    }

    static final class Many extends Component {
        Many() {
            UInt a = input(uint(8));
            UInt y = output(uint(4));
            Bool z = output(bool());
            y.drive(a);
            a.plus(1);
        }
    }

    @Test
    void allMistakesAreReportedTogether() {
        assertThat(problems(Many::new)).hasSize(3).extracting(Problem::message).anySatisfy(
                message -> assertThat(message).contains("'z' is not driven"));
    }

    @Test
    void theMessageShowsTheLineWithACaret() {
        Problem problem = problems(NarrowTarget::new).getFirst();
        assertThat(problem.format())
                .isEqualTo(
                        """
                        MistakesTest.java:%d: error: 8 bits do not fit into 4-bit output 'y'
                                    y.drive(a); // NarrowTarget
                                      ^
                          remedy: say how to narrow: .low(4) drops the upper bits, .saturate(4) limits, .fit(4) claims that it fits
                        """
                                .formatted(problem.location().line()));
    }

    private static List<Problem> problems(Supplier<? extends Component> component) {
        ElaborationException thrown =
                catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate("bad", component::get));
        assertThat(thrown).as("rejected").isNotNull();
        return thrown.problems();
    }

    private static Problem rejectedAmong(Supplier<? extends Component> component, String message) {
        return problems(component).stream()
                .filter(problem -> problem.message().contains(message))
                .findFirst()
                .orElseThrow();
    }

    /** The only problem: its message, its remedy, and the line marked with the component's name. */
    private static Problem rejected(Supplier<? extends Component> component, String message, String remedy) {
        List<Problem> problems = problems(component);
        assertThat(problems).hasSize(1);
        Problem problem = problems.getFirst();
        assertThat(problem.message()).contains(message);
        assertThat(problem.remedy()).contains(remedy);
        assertThat(problem.location().file()).isEqualTo("MistakesTest.java");
        assertThat(line(problem.location().line())).contains("// " + problem.component());
        return problem;
    }

    private static String line(int number) {
        try {
            return Files.readAllLines(Path.of("src/test/java/org/bitloom/hdl/MistakesTest.java")).get(number - 1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

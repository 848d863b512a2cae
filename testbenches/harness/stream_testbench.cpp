// Testbench for a verilated design with one input and one output stream; Bitloom compiles it together with the model
// as one unit. Cycle by cycle it does what stream_testbench.v and the Java StreamDriver do.
//
// Macros: INPUT, OUTPUT        names of the streams
//         INPUT_BITS, OUTPUT_BITS
//         TRACE                1 when the model can write waves
//         WATCHED              W(0,8)W(1,2)...: inner streams to print, each with the width of watch<i>_data
//
// Arguments: words result input_words output_words input_seed output_seed noise_seed stall_below watchdog drain
//            register_seed [vcd]
//   words   file of input words, each in whole 64-bit limbs, least significant first, in the machine's byte order
//   result  file written at the end: cycle of each input word, cycle of each output word, output words
//
// On standard output: "at <cycle> <given>" now and then, so that silence means a hang, and at a fault
// "fault <KIND> <cycle> <accepted> <given> <detail>" with exit status 1; and "word <stream> <cycle> <hexadecimal>" for
// each word on a watched stream.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "Vdesign.h"
#if TRACE
#include "verilated_vcd_c.h"
#endif

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

namespace {

constexpr int RESET_CYCLES = 8;
constexpr uint64_t CYCLES_PER_REPORT = 1 << 14;
constexpr size_t INPUT_LIMBS = (INPUT_BITS + 63) / 64;
constexpr size_t OUTPUT_LIMBS = (OUTPUT_BITS + 63) / 64;

// Verilator's ports: up to 64 bits an integer, above that an array of 32-bit words.
template <class T> void drive(T& port, const uint64_t* limbs) { port = static_cast<T>(*limbs); }
template <std::size_t N> void drive(VlWide<N>& port, const uint64_t* limbs) {
    for (std::size_t i = 0; i < N; i++) port[i] = static_cast<uint32_t>(limbs[i / 2] >> (i % 2 * 32));
}
template <class T> void sample(const T& port, uint64_t* limbs) { *limbs = port; }
template <std::size_t N> void sample(const VlWide<N>& port, uint64_t* limbs) {
    for (std::size_t i = 0; i < N; i += 2) limbs[i / 2] = port[i] | (i + 1 < N ? uint64_t{port[i + 1]} << 32 : 0);
}

// Marsaglia's 32-bit xorshift, as in StallPattern.java.
struct Xorshift {
    uint32_t state;
    uint32_t next() {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }
};

uint64_t number(const char* text) { return std::strtoull(text, nullptr, 10); }

const char* hex(const uint64_t* word) {
    static char text[OUTPUT_LIMBS * 16 + 1];
    for (size_t i = 0; i < OUTPUT_LIMBS; i++) {
        std::snprintf(text + 16 * i, 17, "%016llx", static_cast<unsigned long long>(word[OUTPUT_LIMBS - 1 - i]));
    }
    return text + OUTPUT_LIMBS * 16 - (OUTPUT_BITS + 3) / 4;
}

template <int BITS, class T> void tell(int stream, uint64_t cycle, const T& port) {
    constexpr size_t LIMBS = (BITS + 63) / 64;
    uint64_t word[LIMBS];
    char text[LIMBS * 16 + 1];
    sample(port, word);
    for (size_t i = 0; i < LIMBS; i++) {
        std::snprintf(text + 16 * i, 17, "%016llx", static_cast<unsigned long long>(word[LIMBS - 1 - i]));
    }
    std::printf("word %d %llu %s\n", stream, static_cast<unsigned long long>(cycle), text + LIMBS * 16 - (BITS + 3) / 4);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 12) {
        std::fprintf(stderr, "usage: see the head of stream_testbench.cpp\n");
        return 2;
    }
    const char* const result_name = arguments[2];
    const size_t input_words = number(arguments[3]);
    const size_t output_words = number(arguments[4]);
    Xorshift input_chance{static_cast<uint32_t>(number(arguments[5]))};
    Xorshift output_chance{static_cast<uint32_t>(number(arguments[6]))};
    Xorshift noise{static_cast<uint32_t>(number(arguments[7]))};
    const uint32_t stall_below = number(arguments[8]);
    const uint64_t watchdog = number(arguments[9]);
    uint64_t drain = number(arguments[10]);

    std::vector<uint64_t> words(input_words * INPUT_LIMBS);
    std::FILE* words_file = std::fopen(arguments[1], "rb");
    if (!words_file || std::fread(words.data(), 8, words.size(), words_file) != words.size()) {
        std::fprintf(stderr, "cannot read %s\n", arguments[1]);
        return 2;
    }
    std::fclose(words_file);

    VerilatedContext context;
    context.randReset(2);  // registers without reset start with random bits
    context.randSeed(static_cast<int>(number(arguments[11])));
#if TRACE
    context.traceEverOn(true);
#endif
    Vdesign design{&context};
#if TRACE
    VerilatedVcdC waves;
    design.trace(&waves, 99);
    waves.open(arguments[12]);
#endif

    uint64_t garbage[INPUT_LIMBS];
    auto drive_garbage = [&] {
        const uint64_t half = noise.next();
        for (size_t i = 0; i < INPUT_LIMBS; i++) garbage[i] = half << 32 | half;
        garbage[INPUT_LIMBS - 1] &= ~uint64_t{0} >> (-INPUT_BITS & 63);
        drive(design.JOIN(INPUT, _data), garbage);
    };
    auto settle = [&] {
        design.clk = 0;
        design.eval();
#if TRACE
        waves.dump(context.time());
#endif
        context.timeInc(5);
    };
    auto clock = [&] {
        design.clk = 1;
        design.eval();
#if TRACE
        waves.dump(context.time());
#endif
        context.timeInc(5);
    };

    design.reset = 1;
    design.JOIN(INPUT, _valid) = 0;
    design.JOIN(OUTPUT, _ready) = 0;
    for (int i = 0; i < RESET_CYCLES; i++) {
        drive_garbage();
        settle();
        clock();
    }
    design.reset = 0;

    std::vector<uint64_t> input_cycles(input_words), output_cycles(output_words), given_words;
    given_words.resize(output_words * OUTPUT_LIMBS);
    size_t accepted = 0, given = 0;
    uint64_t cycle = 0, quiet = 0;
    bool offering = false, waiting = false;
    uint64_t offered[OUTPUT_LIMBS], held[OUTPUT_LIMBS];

    auto fault = [&](const char* kind, const char* detail) {
        std::printf("fault %s %llu %zu %zu %s\n", kind, static_cast<unsigned long long>(cycle), accepted, given, detail);
#if TRACE
        waves.close();
#endif
        return 1;
    };

    while (drain > 0) {
        const bool stalled = input_chance.next() >> 16 < stall_below;
        if (!offering && !stalled && accepted < input_words) {
            offering = true;
            drive(design.JOIN(INPUT, _data), &words[accepted * INPUT_LIMBS]);
        }
        if (!offering) drive_garbage();
        const bool ready = !(output_chance.next() >> 16 < stall_below);
        design.JOIN(INPUT, _valid) = offering;
        design.JOIN(OUTPUT, _ready) = ready;
        settle();

        if (cycle % CYCLES_PER_REPORT == 0) {
            std::printf("at %llu %zu\n", static_cast<unsigned long long>(cycle), given);
            std::fflush(stdout);
        }
#define W(stream, bits) \
    if (design.watch##stream##_moves) tell<bits>(stream, cycle, design.watch##stream##_data);
        WATCHED
#undef W
        quiet++;
        if (accepted == input_words && given == output_words) drain--;
        if (offering && design.JOIN(INPUT, _ready)) {
            input_cycles[accepted++] = cycle;
            offering = false;
            quiet = 0;
        }
        if (design.JOIN(OUTPUT, _valid)) {
            sample(design.JOIN(OUTPUT, _data), offered);
            if (given == output_words) return fault("SURPLUS", hex(offered));
            if (waiting && std::memcmp(offered, held, sizeof held) != 0) return fault("CHANGED", hex(held));
            if (ready) {
                std::memcpy(&given_words[given * OUTPUT_LIMBS], offered, sizeof offered);
                output_cycles[given++] = cycle;
                quiet = 0;
            } else {
                std::memcpy(held, offered, sizeof held);
            }
            waiting = !ready;
        } else if (waiting) {
            return fault("WITHDRAWN", hex(held));
        }
        if (quiet > watchdog && !(accepted == input_words && given == output_words)) {
            char text[24];
            std::snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(watchdog));
            return fault("HANG", text);
        }
        cycle++;
        clock();
    }
    design.final();
#if TRACE
    waves.close();
#endif

    std::FILE* result = std::fopen(result_name, "wb");
    bool written = result != nullptr;
    for (const auto* part : {&input_cycles, &output_cycles, &given_words}) {
        written = written && std::fwrite(part->data(), 8, part->size(), result) == part->size();
    }
    if (!written || std::fclose(result) != 0) {
        std::fprintf(stderr, "cannot write %s\n", result_name);
        return 2;
    }
    return 0;
}

// Testbench in Verilog-2001 for a design with one input and one output stream. Cycle by cycle it does what
// stream_testbench.cpp and the Java StreamDriver do; being four-state, it also refuses an unknown value on ready, on
// valid, or on a valid output word.
//
// Macros: DESIGN                                   module under test
//         INPUT_VALID, INPUT_READY, INPUT_DATA     its ports
//         OUTPUT_VALID, OUTPUT_READY, OUTPUT_DATA
//         INPUT_BITS, OUTPUT_BITS                  widths of the data ports
//
// Plusargs: +words=FILE         input words in hexadecimal, one a line
//           +result=FILE        written: "i <cycle>" for a word accepted, "o <cycle> <word>" for a word given
//           +input_words=N +output_words=N
//           +input_seed=N +output_seed=N +noise_seed=N +stall_below=N
//           +watchdog=N         cycles without a word on either stream that are too many
//           +drain=N            cycles to watch on after the last word
//           +vcd=FILE           waves, if wanted
//
// On standard output: "at <cycle> <given>" now and then, so that silence means a hang, and at a fault
// "fault <KIND> <cycle> <accepted> <given> <detail>"; at the end "done".

`default_nettype none

module stream_testbench;
  localparam RESET_CYCLES = 8;
  localparam CYCLES_PER_REPORT = 256;
  localparam REPEATS = (`INPUT_BITS + 31) / 32;

  reg clk = 1'b0;
  reg reset = 1'b1;
  reg input_valid = 1'b0;
  reg [`INPUT_BITS-1:0] input_data;
  reg output_ready = 1'b0;
  wire input_ready;
  wire output_valid;
  wire [`OUTPUT_BITS-1:0] output_data;

  `DESIGN dut (
    .clk(clk),
    .reset(reset),
    .`INPUT_VALID(input_valid),
    .`INPUT_READY(input_ready),
    .`INPUT_DATA(input_data),
    .`OUTPUT_VALID(output_valid),
    .`OUTPUT_READY(output_ready),
    .`OUTPUT_DATA(output_data)
  );

  always #5 clk = !clk;

  // Settings.
  reg [8*2048-1:0] file_name;
  integer words_file;
  integer result_file;
  reg [63:0] input_words, output_words, watchdog, drain;
  reg [31:0] input_chance, output_chance, noise, stall_below;

  // State of the run.
  reg [63:0] cycle, accepted, given, quiet;
  reg [`INPUT_BITS-1:0] next_word;
  reg [`OUTPUT_BITS-1:0] held;
  reg waiting, finished;
  integer resets_left;

  // Marsaglia's 32-bit xorshift, as in StallPattern.java.
  function [31:0] xorshift(input [31:0] state);
    reg [31:0] x;
    begin
      x = state ^ (state << 13);
      x = x ^ (x >> 17);
      xorshift = x ^ (x << 5);
    end
  endfunction

  task read_word;
    if (accepted < input_words && $fscanf(words_file, "%h", next_word) != 1) begin
      $display("broken words file at word %0d", accepted);
      stop;
    end
  endtask

  task stop;
    begin
      finished = 1'b1;
      $finish;
    end
  endtask

  initial begin
    if (!$value$plusargs("words=%s", file_name)) $display("+words is missing");
    words_file = $fopen(file_name, "r");
    if (!$value$plusargs("result=%s", file_name)) $display("+result is missing");
    result_file = $fopen(file_name, "w");
    if (!$value$plusargs("input_words=%d", input_words)) $display("+input_words is missing");
    if (!$value$plusargs("output_words=%d", output_words)) $display("+output_words is missing");
    if (!$value$plusargs("input_seed=%d", input_chance)) $display("+input_seed is missing");
    if (!$value$plusargs("output_seed=%d", output_chance)) $display("+output_seed is missing");
    if (!$value$plusargs("noise_seed=%d", noise)) $display("+noise_seed is missing");
    if (!$value$plusargs("stall_below=%d", stall_below)) $display("+stall_below is missing");
    if (!$value$plusargs("watchdog=%d", watchdog)) $display("+watchdog is missing");
    if (!$value$plusargs("drain=%d", drain)) $display("+drain is missing");
    if ($value$plusargs("vcd=%s", file_name)) begin
      $dumpfile(file_name);
      $dumpvars(0, dut);
    end
    cycle = 0;
    accepted = 0;
    given = 0;
    quiet = 0;
    waiting = 1'b0;
    finished = 1'b0;
    resets_left = RESET_CYCLES;
    noise = xorshift(noise);
    input_data = {REPEATS{noise}};
    read_word;
  end

  // Ends one cycle at its rising edge: looks at what both streams carry, then drives the next cycle.
  always @(posedge clk) begin
    if (!reset) begin
      observe;
    end
    if (!finished) begin
      if (resets_left > 0) resets_left = resets_left - 1;
      if (resets_left > 0) drive_garbage;
      else drive_cycle;
    end
  end

  task observe;
    begin
      if (cycle % CYCLES_PER_REPORT == 0) begin
        $display("at %0d %0d", cycle, given);
        $fflush;
      end
      quiet = quiet + 1;
      if (accepted == input_words && given == output_words) drain = drain - 1;
      if (input_ready !== 1'b0 && input_ready !== 1'b1) begin
        $display("fault UNKNOWN %0d %0d %0d INPUT_READY %b", cycle, accepted, given, input_ready);
        stop;
      end else if (input_valid && input_ready) begin
        $fdisplay(result_file, "i %0d", cycle);
        accepted = accepted + 1;
        quiet = 0;
        read_word;
      end
      if (!finished) observe_output;
      if (!finished && quiet > watchdog && !(accepted == input_words && given == output_words)) begin
        $display("fault HANG %0d %0d %0d %0d", cycle, accepted, given, watchdog);
        stop;
      end
      cycle = cycle + 1;
      if (!finished && drain == 0) begin
        $fclose(result_file);
        $display("done");
        stop;
      end
    end
  endtask

  task observe_output;
    if (output_valid !== 1'b0 && output_valid !== 1'b1) begin
      $display("fault UNKNOWN %0d %0d %0d OUTPUT_VALID %b", cycle, accepted, given, output_valid);
      stop;
    end else if (!output_valid) begin
      if (waiting) begin
        $display("fault WITHDRAWN %0d %0d %0d %h", cycle, accepted, given, held);
        stop;
      end
    end else if (^output_data === 1'bx) begin
      $display("fault UNKNOWN %0d %0d %0d OUTPUT_DATA %h", cycle, accepted, given, output_data);
      stop;
    end else if (given == output_words) begin
      $display("fault SURPLUS %0d %0d %0d %h", cycle, accepted, given, output_data);
      stop;
    end else if (waiting && output_data !== held) begin
      $display("fault CHANGED %0d %0d %0d %h", cycle, accepted, given, held);
      stop;
    end else begin
      if (output_ready) begin
        $fdisplay(result_file, "o %0d %h", cycle, output_data);
        given = given + 1;
        quiet = 0;
      end
      held = output_data;
      waiting = !output_ready;
    end
  endtask

  task drive_garbage;
    begin
      noise = xorshift(noise);
      input_data <= {REPEATS{noise}};
    end
  endtask

  task drive_cycle;
    begin
      reset <= 1'b0;
      input_chance = xorshift(input_chance);
      output_chance = xorshift(output_chance);
      output_ready <= !(output_chance[31:16] < stall_below);
      if (input_valid && !input_ready) begin
        // The word stays offered until it is accepted.
      end else if (accepted < input_words && !(input_chance[31:16] < stall_below)) begin
        input_valid <= 1'b1;
        input_data <= next_word;
      end else begin
        input_valid <= 1'b0;
        drive_garbage;
      end
    end
  endtask
endmodule

`default_nettype wire

// Multiplies a stored matrix with streamed vectors.
// Config[weights=b, activations=b, pe=5, simd=8, neuronFolds=2, synapseFolds=8, accumulatorBits=8,
// doubled=true, result=Accumulator[], weightStyle=DISTRIBUTED, multiplier=DSP, depth=0+0]
`default_nettype none

module digits_matrix_vector_unit_p5_s8_bb (
    input  wire        clk,
    input  wire        reset,
    input  wire        in_valid,
    input  wire [7:0]  in_data,
    input  wire        out_ready,
    output wire        in_ready,
    output wire        out_valid,
    output wire [39:0] out_data
);

    reg        pass;
    reg        complete;
    reg        accumulating;
    reg        multiplying;
    reg        reading;
    reg  [2:0] word;
    reg  [3:0] address;
    reg  [2:0] summand;
    reg        row;
    reg  [2:0] readWord;

    (* rom_style = "distributed", ram_style = "registers" *)
    reg [39:0] weights [0:15];
    initial $readmemh("fc3_weights.mem", weights);
    reg  [39:0] weightWord;

    (* no_rw_check *)
    reg [7:0] vector [0:7];
    reg  [7:0] activationWord;

    (* rom_style = "distributed", ram_style = "registers" *)
    reg [39:0] starts [0:1];
    initial $readmemh("fc3_starts.mem", starts);
    wire [39:0] startWord;

    wire arriving = !pass;
    wire toComplete = !complete || out_ready;
    wire toAccumulate = !accumulating || toComplete;
    wire toMultiply = !multiplying || toAccumulate;
    wire toRead = !reading || toMultiply;
    wire take = pass || in_valid;
    wire lastWord = word == 3'd7;
    wire [2:0] plusOne_0 = word + 3'd1;
    wire plusOne_1 = pass + 1'b1;
    wire [3:0] plusOne_2 = address + 4'd1;
    wire accumulates = toComplete && accumulating;
    wire first = summand == 3'd0;
    wire last = summand == 3'd7;
    wire [2:0] plusOne_3 = summand + 3'd1;
    wire plusOne_4 = row + 1'b1;

    digits_element_array_p5_s8_bb elements (
        .clk        (clk),
        .multiply   (toAccumulate),
        .accumulate (accumulates),
        .first      (first),
        .weights    (weightWord),
        .activations(activationWord),
        .start      (startWord),
        .result     (out_data)
    );

    always @(posedge clk) if (toMultiply) weightWord <= weights[address];

    always @(posedge clk) if (in_valid && in_ready) vector[word] <= in_data;
    always @(posedge clk) if (toMultiply && reading) activationWord <= vector[readWord];

    assign startWord = starts[row];

    always @(posedge clk)
        if (reset) begin
            pass <= 1'b0;
            complete <= 1'b0;
            accumulating <= 1'b0;
            multiplying <= 1'b0;
            reading <= 1'b0;
            word <= 3'd0;
            address <= 4'd0;
            summand <= 3'd0;
            row <= 1'b0;
        end else begin
            if (toRead && take && lastWord) pass <= plusOne_1;
            if (toComplete) complete <= accumulating && last;
            if (toAccumulate) accumulating <= multiplying;
            if (toMultiply) multiplying <= reading;
            if (toRead) reading <= take;
            if (toRead && take) word <= plusOne_0;
            if (toMultiply && reading) address <= plusOne_2;
            if (accumulates) summand <= plusOne_3;
            if (accumulates && last) row <= plusOne_4;
        end

    always @(posedge clk) begin
        if (toRead) readWord <= word;
    end

    assign in_ready = toRead && arriving;
    assign out_valid = complete;

`ifdef FORMAL
    reg         waiting;
    reg  [39:0] waitingWord;

    always @(posedge clk)
        if (reset) begin
            waiting <= 1'b0;
            waitingWord <= 40'd0;
        end else begin
            waiting <= complete && !out_ready;
            waitingWord <= out_data;
        end

    always @(posedge clk)
        if (!reset) begin
            // a word once offered stays until it is taken
            assert (!waiting || (complete && out_data == waitingWord));
        end
`endif
endmodule

`default_nettype wire

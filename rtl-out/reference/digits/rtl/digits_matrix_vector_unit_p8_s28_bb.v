// Multiplies a stored matrix with streamed vectors.
// Config[weights=b, activations=b, pe=8, simd=28, neuronFolds=8, synapseFolds=28, accumulatorBits=10,
// doubled=false, result=Sign[], weightStyle=BLOCK, multiplier=DSP, depth=0+0]
`default_nettype none

module digits_matrix_vector_unit_p8_s28_bb (
    input  wire        clk,
    input  wire        reset,
    input  wire        in_valid,
    input  wire [27:0] in_data,
    input  wire        out_ready,
    output wire        in_ready,
    output wire        out_valid,
    output wire [7:0]  out_data
);

    reg  [2:0] pass;
    reg        complete;
    reg        accumulating;
    reg        multiplying;
    reg        reading;
    reg  [4:0] word;
    reg  [7:0] address;
    reg  [4:0] summand;
    reg  [2:0] row;
    reg  [4:0] readWord;

    (* rom_style = "block" *)
    reg [223:0] weights [0:223];
    initial $readmemh("fc1_weights.mem", weights);
    reg  [223:0] weightWord;

    (* no_rw_check *)
    reg [27:0] vector [0:27];
    reg  [27:0] activationWord;

    (* rom_style = "distributed", ram_style = "registers" *)
    reg [79:0] starts [0:7];
    initial $readmemh("fc1_starts.mem", starts);
    wire [79:0] startWord;

    wire arriving = pass == 3'd0;
    wire toComplete = !complete || out_ready;
    wire toAccumulate = !accumulating || toComplete;
    wire toMultiply = !multiplying || toAccumulate;
    wire toRead = !reading || toMultiply;
    wire take = !arriving || in_valid;
    wire lastWord = word == 5'd27;
    wire [4:0] plusOne_0 = word + 5'd1;
    wire [2:0] plusOne_1 = pass + 3'd1;
    wire [7:0] plusOne_2 = address + 8'd1;
    wire accumulates = toComplete && accumulating;
    wire first = summand == 5'd0;
    wire last = summand == 5'd27;
    wire [4:0] plusOne_3 = summand + 5'd1;
    wire [2:0] plusOne_4 = row + 3'd1;

    digits_element_array_p8_s28_bb elements (
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
            pass <= 3'd0;
            complete <= 1'b0;
            accumulating <= 1'b0;
            multiplying <= 1'b0;
            reading <= 1'b0;
            word <= 5'd0;
            address <= 8'd0;
            summand <= 5'd0;
            row <= 3'd0;
        end else begin
            if (toRead && take && lastWord) pass <= plusOne_1;
            if (toComplete) complete <= accumulating && last;
            if (toAccumulate) accumulating <= multiplying;
            if (toMultiply) multiplying <= reading;
            if (toRead) reading <= take;
            if (toRead && take) word <= lastWord ? 5'd0 : plusOne_0;
            if (toMultiply && reading) address <= (address == 8'd223) ? 8'd0 : plusOne_2;
            if (accumulates) summand <= last ? 5'd0 : plusOne_3;
            if (accumulates && last) row <= plusOne_4;
        end

    always @(posedge clk) begin
        if (toRead) readWord <= word;
    end

    assign in_ready = toRead && arriving;
    assign out_valid = complete;

`ifdef FORMAL
    reg        waiting;
    reg  [7:0] waitingWord;

    always @(posedge clk)
        if (reset) begin
            waiting <= 1'b0;
            waitingWord <= 8'd0;
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

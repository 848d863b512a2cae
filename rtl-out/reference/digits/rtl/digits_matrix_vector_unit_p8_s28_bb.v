// Multiplies a stored matrix with streamed vectors.
// Config[weights=b, activations=b, pe=8, simd=28, neuronFolds=8, synapseFolds=28, accumulatorBits=10,
// doubled=false, result=Sign[], weightStyle=BLOCK]
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
    reg  [4:0] word;
    reg        reading;
    reg  [7:0] address;
    reg        multiplying;
    reg        accumulating;
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
    wire waiting = complete && !out_ready;
    wire go = !waiting;
    wire take = !arriving || in_valid;
    wire lastWord = word == 5'd27;
    wire first = summand == 5'd0;
    wire last = summand == 5'd27;

    digits_element_array_p8_s28_bb elements (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord),
        .activations(activationWord),
        .start      (startWord),
        .result     (out_data)
    );

    always @(posedge clk) if (go) weightWord <= weights[address];

    always @(posedge clk) if (in_valid && in_ready) vector[word] <= in_data;
    always @(posedge clk) if (go && reading) activationWord <= vector[readWord];

    assign startWord = starts[row];

    always @(posedge clk)
        if (reset) begin
            pass <= 3'd0;
            complete <= 1'b0;
            word <= 5'd0;
            reading <= 1'b0;
            address <= 8'd0;
            multiplying <= 1'b0;
            accumulating <= 1'b0;
            summand <= 5'd0;
            row <= 3'd0;
        end else begin
            if (go && take && lastWord) pass <= pass + 3'd1;
            if (go) begin
                complete <= accumulating && last;
                reading <= take;
                multiplying <= reading;
                accumulating <= multiplying;
            end
            if (go && take) word <= lastWord ? 5'd0 : word + 5'd1;
            if (go && reading) address <= (address == 8'd223) ? 8'd0 : address + 8'd1;
            if (go && accumulating) summand <= last ? 5'd0 : summand + 5'd1;
            if (go && accumulating && last) row <= row + 3'd1;
        end

    always @(posedge clk) begin
        if (go) readWord <= word;
    end

    assign in_ready = go && arriving;
    assign out_valid = complete;
endmodule

`default_nettype wire

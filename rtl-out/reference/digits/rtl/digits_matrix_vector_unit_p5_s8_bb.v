// Multiplies a stored matrix with streamed vectors.
// Config[weights=b, activations=b, pe=5, simd=8, neuronFolds=2, synapseFolds=8, accumulatorBits=8,
// doubled=true, result=Accumulator[], weightStyle=DISTRIBUTED]
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
    reg  [2:0] word;
    reg        reading;
    reg  [3:0] address;
    reg        multiplying;
    reg        accumulating;
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
    wire waiting = complete && !out_ready;
    wire go = !waiting;
    wire take = pass || in_valid;
    wire lastWord = word == 3'd7;
    wire first = summand == 3'd0;
    wire last = summand == 3'd7;

    digits_element_array_p5_s8_bb elements (
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
            pass <= 1'b0;
            complete <= 1'b0;
            word <= 3'd0;
            reading <= 1'b0;
            address <= 4'd0;
            multiplying <= 1'b0;
            accumulating <= 1'b0;
            summand <= 3'd0;
            row <= 1'b0;
        end else begin
            if (go && take && lastWord) pass <= pass + 1'b1;
            if (go) begin
                complete <= accumulating && last;
                reading <= take;
                multiplying <= reading;
                accumulating <= multiplying;
            end
            if (go && take) word <= word + 3'd1;
            if (go && reading) address <= address + 4'd1;
            if (go && accumulating) summand <= summand + 3'd1;
            if (go && accumulating && last) row <= row + 1'b1;
        end

    always @(posedge clk) begin
        if (go) readWord <= word;
    end

    assign in_ready = go && arriving;
    assign out_valid = complete;
endmodule

`default_nettype wire

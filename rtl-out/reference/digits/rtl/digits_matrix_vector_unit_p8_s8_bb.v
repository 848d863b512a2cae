// Multiplies a stored matrix with streamed vectors.
// Config[weights=b, activations=b, pe=8, simd=8, neuronFolds=8, synapseFolds=8, accumulatorBits=7,
// doubled=false, result=Sign[], weightStyle=DISTRIBUTED]
`default_nettype none

module digits_matrix_vector_unit_p8_s8_bb (
    input  wire       clk,
    input  wire       reset,
    input  wire       in_valid,
    input  wire [7:0] in_data,
    input  wire       out_ready,
    output wire       in_ready,
    output wire       out_valid,
    output wire [7:0] out_data
);

    reg  [2:0] pass;
    reg        complete;
    reg  [2:0] word;
    reg        reading;
    reg  [5:0] address;
    reg        multiplying;
    reg        accumulating;
    reg  [2:0] summand;
    reg  [2:0] row;
    reg  [2:0] readWord;

    (* rom_style = "distributed", ram_style = "registers" *)
    reg [63:0] weights [0:63];
    initial $readmemh("fc2_weights.mem", weights);
    reg  [63:0] weightWord;

    (* no_rw_check *)
    reg [7:0] vector [0:7];
    reg  [7:0] activationWord;

    (* rom_style = "distributed", ram_style = "registers" *)
    reg [55:0] starts [0:7];
    initial $readmemh("fc2_starts.mem", starts);
    wire [55:0] startWord;

    wire pe_0_result;
    wire pe_1_result;
    wire pe_2_result;
    wire pe_3_result;
    wire pe_4_result;
    wire pe_5_result;
    wire pe_6_result;
    wire pe_7_result;

    wire arriving = pass == 3'd0;
    wire waiting = complete && !out_ready;
    wire go = !waiting;
    wire take = !arriving || in_valid;
    wire lastWord = word == 3'd7;
    wire first = summand == 3'd0;
    wire last = summand == 3'd7;

    digits_processing_element_s8_bb pe_0 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[7:0]),
        .activations(activationWord),
        .start      (startWord[6:0]),
        .result     (pe_0_result)
    );

    digits_processing_element_s8_bb pe_1 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[15:8]),
        .activations(activationWord),
        .start      (startWord[13:7]),
        .result     (pe_1_result)
    );

    digits_processing_element_s8_bb pe_2 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[23:16]),
        .activations(activationWord),
        .start      (startWord[20:14]),
        .result     (pe_2_result)
    );

    digits_processing_element_s8_bb pe_3 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[31:24]),
        .activations(activationWord),
        .start      (startWord[27:21]),
        .result     (pe_3_result)
    );

    digits_processing_element_s8_bb pe_4 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[39:32]),
        .activations(activationWord),
        .start      (startWord[34:28]),
        .result     (pe_4_result)
    );

    digits_processing_element_s8_bb pe_5 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[47:40]),
        .activations(activationWord),
        .start      (startWord[41:35]),
        .result     (pe_5_result)
    );

    digits_processing_element_s8_bb pe_6 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[55:48]),
        .activations(activationWord),
        .start      (startWord[48:42]),
        .result     (pe_6_result)
    );

    digits_processing_element_s8_bb pe_7 (
        .clk        (clk),
        .go         (go),
        .accumulate (accumulating),
        .first      (first),
        .weights    (weightWord[63:56]),
        .activations(activationWord),
        .start      (startWord[55:49]),
        .result     (pe_7_result)
    );

    always @(posedge clk) if (go) weightWord <= weights[address];

    always @(posedge clk) if (in_valid && in_ready) vector[word] <= in_data;
    always @(posedge clk) if (go && reading) activationWord <= vector[readWord];

    assign startWord = starts[row];

    always @(posedge clk)
        if (reset) begin
            pass <= 3'd0;
            complete <= 1'b0;
            word <= 3'd0;
            reading <= 1'b0;
            address <= 6'd0;
            multiplying <= 1'b0;
            accumulating <= 1'b0;
            summand <= 3'd0;
            row <= 3'd0;
        end else begin
            if (go && take && lastWord) pass <= pass + 3'd1;
            if (go) begin
                complete <= accumulating && last;
                reading <= take;
                multiplying <= reading;
                accumulating <= multiplying;
            end
            if (go && take) word <= word + 3'd1;
            if (go && reading) address <= address + 6'd1;
            if (go && accumulating) summand <= summand + 3'd1;
            if (go && accumulating && last) row <= row + 3'd1;
        end

    always @(posedge clk) begin
        if (go) readWord <= word;
    end

    assign in_ready = go && arriving;
    assign out_valid = complete;
    assign out_data = {pe_7_result, pe_6_result, pe_5_result, pe_4_result, pe_3_result, pe_2_result,
                      pe_1_result, pe_0_result};
endmodule

`default_nettype wire

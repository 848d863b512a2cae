// Processing elements side by side.
// Config[elements=8, element=Config[product=Config[simd=28, weights=b, activations=b, multiplier=DSP,
// stages=0], accumulatorBits=10, doubled=false, result=Sign[], counting=0]]
`default_nettype none

module digits_element_array_p8_s28_bb (
    input  wire         clk,
    input  wire         multiply,
    input  wire         accumulate,
    input  wire         first,
    input  wire [223:0] weights,
    input  wire [27:0]  activations,
    input  wire [79:0]  start,
    output wire [7:0]   result
);

    wire pe_0_result;
    wire pe_1_result;
    wire pe_2_result;
    wire pe_3_result;
    wire pe_4_result;
    wire pe_5_result;
    wire pe_6_result;
    wire pe_7_result;

    digits_processing_element_s28_bb pe_0 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[27:0]),
        .activations(activations),
        .start      (start[9:0]),
        .result     (pe_0_result)
    );

    digits_processing_element_s28_bb pe_1 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[55:28]),
        .activations(activations),
        .start      (start[19:10]),
        .result     (pe_1_result)
    );

    digits_processing_element_s28_bb pe_2 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[83:56]),
        .activations(activations),
        .start      (start[29:20]),
        .result     (pe_2_result)
    );

    digits_processing_element_s28_bb pe_3 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[111:84]),
        .activations(activations),
        .start      (start[39:30]),
        .result     (pe_3_result)
    );

    digits_processing_element_s28_bb pe_4 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[139:112]),
        .activations(activations),
        .start      (start[49:40]),
        .result     (pe_4_result)
    );

    digits_processing_element_s28_bb pe_5 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[167:140]),
        .activations(activations),
        .start      (start[59:50]),
        .result     (pe_5_result)
    );

    digits_processing_element_s28_bb pe_6 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[195:168]),
        .activations(activations),
        .start      (start[69:60]),
        .result     (pe_6_result)
    );

    digits_processing_element_s28_bb pe_7 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[223:196]),
        .activations(activations),
        .start      (start[79:70]),
        .result     (pe_7_result)
    );

    assign result = {pe_7_result, pe_6_result, pe_5_result, pe_4_result, pe_3_result, pe_2_result,
                    pe_1_result, pe_0_result};
endmodule

`default_nettype wire

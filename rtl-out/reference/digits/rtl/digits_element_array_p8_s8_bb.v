// Processing elements side by side.
// Config[elements=8, element=Config[product=Config[simd=8, weights=b, activations=b, multiplier=DSP,
// stages=0], accumulatorBits=7, doubled=false, result=Sign[], counting=0]]
`default_nettype none

module digits_element_array_p8_s8_bb (
    input  wire        clk,
    input  wire        multiply,
    input  wire        accumulate,
    input  wire        first,
    input  wire [63:0] weights,
    input  wire [7:0]  activations,
    input  wire [55:0] start,
    output wire [7:0]  result
);

    wire pe_0_result;
    wire pe_1_result;
    wire pe_2_result;
    wire pe_3_result;
    wire pe_4_result;
    wire pe_5_result;
    wire pe_6_result;
    wire pe_7_result;

    digits_processing_element_s8_bb pe_0 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[7:0]),
        .activations(activations),
        .start      (start[6:0]),
        .result     (pe_0_result)
    );

    digits_processing_element_s8_bb pe_1 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[15:8]),
        .activations(activations),
        .start      (start[13:7]),
        .result     (pe_1_result)
    );

    digits_processing_element_s8_bb pe_2 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[23:16]),
        .activations(activations),
        .start      (start[20:14]),
        .result     (pe_2_result)
    );

    digits_processing_element_s8_bb pe_3 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[31:24]),
        .activations(activations),
        .start      (start[27:21]),
        .result     (pe_3_result)
    );

    digits_processing_element_s8_bb pe_4 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[39:32]),
        .activations(activations),
        .start      (start[34:28]),
        .result     (pe_4_result)
    );

    digits_processing_element_s8_bb pe_5 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[47:40]),
        .activations(activations),
        .start      (start[41:35]),
        .result     (pe_5_result)
    );

    digits_processing_element_s8_bb pe_6 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[55:48]),
        .activations(activations),
        .start      (start[48:42]),
        .result     (pe_6_result)
    );

    digits_processing_element_s8_bb pe_7 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[63:56]),
        .activations(activations),
        .start      (start[55:49]),
        .result     (pe_7_result)
    );

    assign result = {pe_7_result, pe_6_result, pe_5_result, pe_4_result, pe_3_result, pe_2_result,
                    pe_1_result, pe_0_result};
endmodule

`default_nettype wire

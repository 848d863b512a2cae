// Processing elements side by side.
// Config[elements=5, element=Config[product=Config[simd=8, weights=b, activations=b, multiplier=DSP,
// stages=0], accumulatorBits=8, doubled=true, result=Accumulator[], counting=0]]
`default_nettype none

module digits_element_array_p5_s8_bb (
    input  wire        clk,
    input  wire        multiply,
    input  wire        accumulate,
    input  wire        first,
    input  wire [39:0] weights,
    input  wire [7:0]  activations,
    input  wire [39:0] start,
    output wire [39:0] result
);

    wire [7:0] pe_0_result;
    wire [7:0] pe_1_result;
    wire [7:0] pe_2_result;
    wire [7:0] pe_3_result;
    wire [7:0] pe_4_result;

    digits_processing_element_s8_bb_2 pe_0 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[7:0]),
        .activations(activations),
        .start      (start[7:0]),
        .result     (pe_0_result)
    );

    digits_processing_element_s8_bb_2 pe_1 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[15:8]),
        .activations(activations),
        .start      (start[15:8]),
        .result     (pe_1_result)
    );

    digits_processing_element_s8_bb_2 pe_2 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[23:16]),
        .activations(activations),
        .start      (start[23:16]),
        .result     (pe_2_result)
    );

    digits_processing_element_s8_bb_2 pe_3 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[31:24]),
        .activations(activations),
        .start      (start[31:24]),
        .result     (pe_3_result)
    );

    digits_processing_element_s8_bb_2 pe_4 (
        .clk        (clk),
        .multiply   (multiply),
        .accumulate (accumulate),
        .first      (first),
        .weights    (weights[39:32]),
        .activations(activations),
        .start      (start[39:32]),
        .result     (pe_4_result)
    );

    assign result = {pe_4_result, pe_3_result, pe_2_result, pe_1_result, pe_0_result};
endmodule

`default_nettype wire

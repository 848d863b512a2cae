// One row at a time of a matrix-vector product.
// Config[product=Config[simd=8, weights=b, activations=b, multiplier=DSP, stages=0], accumulatorBits=7,
// doubled=false, result=Sign[], counting=0]
`default_nettype none

module digits_processing_element_s8_bb (
    input  wire       clk,
    input  wire       multiply,
    input  wire       accumulate,
    input  wire       first,
    input  wire [7:0] weights,
    input  wire [7:0] activations,
    input  wire [6:0] start,
    output wire       result
);

    reg  [6:0] accumulator;
    reg  [3:0] partial;

    wire [3:0] product_result;

    wire [6:0] before_0 = first ? start : accumulator;

    digits_dot_product_s8_bb product (
        .weights    (weights),
        .activations(activations),
        .result     (product_result)
    );

    always @(posedge clk) begin
        if (accumulate) accumulator <= {3'd0, partial} + before_0;
        if (multiply) partial <= product_result;
    end

    assign result = !accumulator[6];
endmodule

`default_nettype wire

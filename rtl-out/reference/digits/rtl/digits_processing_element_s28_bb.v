// One row at a time of a matrix-vector product.
// Config[product=Config[simd=28, weights=b, activations=b, multiplier=DSP, stages=0], accumulatorBits=10,
// doubled=false, result=Sign[], counting=0]
`default_nettype none

module digits_processing_element_s28_bb (
    input  wire        clk,
    input  wire        multiply,
    input  wire        accumulate,
    input  wire        first,
    input  wire [27:0] weights,
    input  wire [27:0] activations,
    input  wire [9:0]  start,
    output wire        result
);

    reg  [9:0] accumulator;
    reg  [4:0] partial;

    wire [4:0] product_result;

    wire [9:0] before_0 = first ? start : accumulator;

    digits_dot_product_s28_bb product (
        .weights    (weights),
        .activations(activations),
        .result     (product_result)
    );

    always @(posedge clk) begin
        if (accumulate) accumulator <= {5'd0, partial} + before_0;
        if (multiply) partial <= product_result;
    end

    assign result = !accumulator[9];
endmodule

`default_nettype wire

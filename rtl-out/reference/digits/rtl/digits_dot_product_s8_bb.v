// The products of SIMD weights and activations, summed up, in the cycle in which they arrive or some registers
// later.
// Config[simd=8, weights=b, activations=b, multiplier=DSP, stages=0]
`default_nettype none

module digits_dot_product_s8_bb (
    input  wire [7:0] weights,
    input  wire [7:0] activations,
    output wire [3:0] result
);

    xnor_popcount_8 result_counter (
        .a    (weights),
        .b    (activations),
        .count(result)
    );
endmodule

`default_nettype wire

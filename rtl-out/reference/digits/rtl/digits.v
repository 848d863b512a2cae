// A whole accelerator.
// network digits, folding 8x28,8x8,5x8
`default_nettype none

module digits (
    input  wire         clk,
    input  wire         reset,
    input  wire         in_valid,
    input  wire [223:0] in_data,
    input  wire         out_ready,
    output wire         in_ready,
    output wire         out_valid,
    output wire [39:0]  out_data
);

    wire        input_sign_out_valid;
    wire [27:0] input_sign_out_data;
    wire        fc1_in_ready;
    wire        fc1_out_valid;
    wire [7:0]  fc1_out_data;
    wire        fc2_queue_in_ready;
    wire        fc2_queue_out_valid;
    wire [7:0]  fc2_queue_out_data;
    wire        fc2_in_ready;
    wire        fc2_out_valid;
    wire [7:0]  fc2_out_data;
    wire        fc3_queue_in_ready;
    wire        fc3_queue_out_valid;
    wire [7:0]  fc3_queue_out_data;
    wire        fc3_in_ready;

    digits_threshold_unit_l28_u8t1 input_sign (
        .clk      (clk),
        .reset    (reset),
        .in_valid (in_valid),
        .in_data  (in_data[223:7]),
        .out_ready(fc1_in_ready),
        .in_ready (in_ready),
        .out_valid(input_sign_out_valid),
        .out_data (input_sign_out_data)
    );

    digits_matrix_vector_unit_p8_s28_bb fc1 (
        .clk      (clk),
        .reset    (reset),
        .in_valid (input_sign_out_valid),
        .in_data  (input_sign_out_data),
        .out_ready(fc2_queue_in_ready),
        .in_ready (fc1_in_ready),
        .out_valid(fc1_out_valid),
        .out_data (fc1_out_data)
    );

    digits_fifo_w8_d2 fc2_queue (
        .clk      (clk),
        .reset    (reset),
        .in_valid (fc1_out_valid),
        .in_data  (fc1_out_data),
        .out_ready(fc2_in_ready),
        .in_ready (fc2_queue_in_ready),
        .out_valid(fc2_queue_out_valid),
        .out_data (fc2_queue_out_data)
    );

    digits_matrix_vector_unit_p8_s8_bb fc2 (
        .clk      (clk),
        .reset    (reset),
        .in_valid (fc2_queue_out_valid),
        .in_data  (fc2_queue_out_data),
        .out_ready(fc3_queue_in_ready),
        .in_ready (fc2_in_ready),
        .out_valid(fc2_out_valid),
        .out_data (fc2_out_data)
    );

    digits_fifo_w8_d2 fc3_queue (
        .clk      (clk),
        .reset    (reset),
        .in_valid (fc2_out_valid),
        .in_data  (fc2_out_data),
        .out_ready(fc3_in_ready),
        .in_ready (fc3_queue_in_ready),
        .out_valid(fc3_queue_out_valid),
        .out_data (fc3_queue_out_data)
    );

    digits_matrix_vector_unit_p5_s8_bb fc3 (
        .clk      (clk),
        .reset    (reset),
        .in_valid (fc3_queue_out_valid),
        .in_data  (fc3_queue_out_data),
        .out_ready(out_ready),
        .in_ready (fc3_in_ready),
        .out_valid(out_valid),
        .out_data (out_data)
    );

    wire unused = &{1'b0, in_data[6:0]};
endmodule

`default_nettype wire

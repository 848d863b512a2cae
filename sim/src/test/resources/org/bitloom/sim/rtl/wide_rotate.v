// Rotates a 200-bit word left by three, in the same cycle.
`default_nettype none

module wide_rotate (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [199:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [199:0] y_data
);
  assign x_ready = y_ready;
  assign y_valid = x_valid;
  assign y_data = {x_data[196:0], x_data[199:197]};

  wire unused = clk | reset;
endmodule

`default_nettype wire

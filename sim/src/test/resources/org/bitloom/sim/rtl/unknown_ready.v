// Forgets to reset the register that holds ready.
`default_nettype none

module unknown_ready (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg open;

  assign x_ready = open;
  assign y_valid = x_valid && open;
  assign y_data = x_data;
  always @(posedge clk) begin
    open <= open || (reset && open);
  end
endmodule

`default_nettype wire

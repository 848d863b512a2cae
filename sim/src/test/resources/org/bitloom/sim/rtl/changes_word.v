// Shows the next word before the one that waits is taken.
`default_nettype none

module changes_word (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg [7:0] word;
  reg full;

  assign x_ready = 1'b1;
  assign y_valid = full;
  assign y_data = word;
  always @(posedge clk) begin
    if (reset) begin
      full <= 1'b0;
    end else if (x_valid) begin
      full <= 1'b1;
    end
    if (x_valid) begin
      word <= x_data;
    end
  end
endmodule

`default_nettype wire

// Gives a bit of a register that nothing ever writes a known value to.
`default_nettype none

module unknown_output (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg full;
  reg [7:0] word;

  assign x_ready = !full || y_ready;
  always @(posedge clk) begin
    if (x_ready) begin
      word <= x_data;
    end
    if (reset) begin
      full <= 1'b0;
    end else if (x_ready) begin
      full <= x_valid;
    end
  end

  reg never;
  always @(posedge clk) begin
    if (x_valid) begin
      never <= never ^ x_data[0];
    end
  end

  assign y_valid = full;
  assign y_data = {word[7:5], never, word[3:0]};
endmodule

`default_nettype wire

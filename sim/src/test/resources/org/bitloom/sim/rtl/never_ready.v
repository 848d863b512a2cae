// Takes three words and then no more.
`default_nettype none

module never_ready (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg [1:0] count;

  assign x_ready = count != 2'd3;
  assign y_valid = x_valid && x_ready;
  assign y_data = x_data;

  always @(posedge clk) begin
    if (reset) begin
      count <= 2'd0;
    end else if (x_valid && x_ready && y_ready) begin
      count <= count + 2'd1;
    end
  end
endmodule

`default_nettype wire

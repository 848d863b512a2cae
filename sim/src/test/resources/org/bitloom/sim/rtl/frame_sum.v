// Adds the four bytes of a frame, then gives the sum in two words, low byte first; one frame every six cycles.
`default_nettype none

module frame_sum (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg [2:0] step;
  reg [9:0] sum;

  assign x_ready = step < 3'd4;
  assign y_valid = step >= 3'd4;
  assign y_data = step == 3'd4 ? sum[7:0] : {6'd0, sum[9:8]};

  always @(posedge clk) begin
    if (reset) begin
      step <= 3'd0;
    end else if (x_valid && x_ready) begin
      step <= step + 3'd1;
    end else if (y_valid && y_ready) begin
      step <= step == 3'd5 ? 3'd0 : step + 3'd1;
    end
    if (x_valid && x_ready) begin
      sum <= {2'd0, x_data} + (step == 3'd0 ? 10'd0 : sum);
    end
  end
endmodule

`default_nettype wire

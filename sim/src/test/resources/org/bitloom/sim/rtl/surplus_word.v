// Gives the last word of four twice.
`default_nettype none

module surplus_word (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg [2:0] count;
  reg full;
  reg [7:0] word;

  assign x_ready = !full || (y_ready && count != 3'd4);
  assign y_valid = full;
  assign y_data = word;
  always @(posedge clk) begin
    if (reset) begin
      full <= 1'b0;
      count <= 3'd0;
    end else if (x_valid && x_ready) begin
      full <= 1'b1;
      count <= count == 3'd4 ? 3'd1 : count + 3'd1;
    end else if (y_ready) begin
      full <= full && count == 3'd4;
      count <= 3'd5;
    end
    if (x_valid && x_ready) begin
      word <= x_data;
    end
  end
endmodule

`default_nettype wire

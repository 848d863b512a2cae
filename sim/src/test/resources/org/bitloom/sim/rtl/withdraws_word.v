// Offers a word for one cycle only.
`default_nettype none

module withdraws_word (
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

  assign x_ready = !full;
  assign y_valid = full;
  assign y_data = word;
  always @(posedge clk) begin
    if (x_ready) begin
      word <= x_data;
    end
    full <= x_valid && x_ready && !reset;
  end
endmodule

`default_nettype wire

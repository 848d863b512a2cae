// Adds the two bytes of each word. The output is registered and a second slot takes the word that arrives while the
// first one waits, so that x_ready is a register.
`default_nettype none

module skid_adder (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [15:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [8:0] y_data
);
  reg first_full;
  reg second_full;
  reg [8:0] first;
  reg [8:0] second;
  wire [8:0] sum = {1'b0, x_data[15:8]} + {1'b0, x_data[7:0]};
  wire take = x_valid && x_ready;
  wire give = y_valid && y_ready;

  assign x_ready = !second_full;
  assign y_valid = first_full;
  assign y_data = first;

  always @(posedge clk) begin
    if (reset) begin
      first_full <= 1'b0;
      second_full <= 1'b0;
    end else begin
      if (!first_full || give) begin
        first_full <= second_full || take;
        second_full <= 1'b0;
      end else if (take) begin
        second_full <= 1'b1;
      end
    end
  end

  always @(posedge clk) begin
    if (!first_full || give) begin
      first <= second_full ? second : sum;
    end
    if (take) begin
      second <= sum;
    end
  end
endmodule

`default_nettype wire

// Replaces each nibble by a byte from a table.
`default_nettype none

module rom_lookup (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [3:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  reg [7:0] table_rom [0:15];
  reg [7:0] word;
  reg full;

  initial $readmemh("rom_lookup.mem", table_rom);

  assign x_ready = !full || y_ready;
  assign y_valid = full;
  assign y_data = word;

  always @(posedge clk) begin
    if (x_ready) begin
      word <= table_rom[x_data];
    end
    if (reset) begin
      full <= 1'b0;
    end else if (x_ready) begin
      full <= x_valid;
    end
  end
endmodule

`default_nettype wire

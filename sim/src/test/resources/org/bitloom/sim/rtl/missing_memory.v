// Names a memory file that does not exist, by a parameter whose value only the simulator knows.
`default_nettype none

module missing_memory (
  input wire clk,
  input wire reset,
  input wire x_valid,
  output wire x_ready,
  input wire [7:0] x_data,
  output wire y_valid,
  input wire y_ready,
  output wire [7:0] y_data
);
  parameter FILE = "nowhere.mem";
  reg [7:0] table_rom [0:255];
  initial $readmemh(FILE, table_rom);

  assign x_ready = y_ready;
  assign y_valid = x_valid;
  assign y_data = table_rom[x_data];

  wire unused = clk | reset;
endmodule

`default_nettype wire

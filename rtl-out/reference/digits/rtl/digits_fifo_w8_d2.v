// Holds up to depth words, in order.
// Config[width=8, depth=2, style=DISTRIBUTED]
`default_nettype none

module digits_fifo_w8_d2 (
    input  wire       clk,
    input  wire       reset,
    input  wire       in_valid,
    input  wire [7:0] in_data,
    input  wire       out_ready,
    output wire       in_ready,
    output wire       out_valid,
    output wire [7:0] out_data
);

    reg  [1:0] count;
    reg        writeAddress;
    reg        readAddress;

    (* ram_style = "distributed" *)
    reg [7:0] words [0:1];

    wire comes = in_valid && in_ready;
    wire leaves = out_valid && out_ready;
    wire plusOne_0 = writeAddress + 1'b1;
    wire plusOne_1 = readAddress + 1'b1;

    assign out_data = words[readAddress];
    always @(posedge clk) if (comes) words[writeAddress] <= in_data;

    always @(posedge clk)
        if (reset) begin
            count <= 2'd0;
            writeAddress <= 1'b0;
            readAddress <= 1'b0;
        end else begin
            if (comes && !leaves) count <= count + 2'd1;
            else if (leaves && !comes) count <= count - 2'd1;
            if (comes) writeAddress <= plusOne_0;
            if (leaves) readAddress <= plusOne_1;
        end

    assign in_ready = count != 2'd2;
    assign out_valid = count != 2'd0;

`ifdef FORMAL
    reg        waiting;
    reg  [7:0] waitingWord;

    always @(posedge clk)
        if (reset) begin
            waiting <= 1'b0;
            waitingWord <= 8'd0;
        end else begin
            waiting <= out_valid && !out_ready;
            waitingWord <= out_data;
        end

    always @(posedge clk)
        if (!reset) begin
            // no more words inside than the FIFO holds
            assert (count <= 2'd2);
            // a word once offered stays until it is taken
            assert (!waiting || (out_valid && out_data == waitingWord));
        end
`endif
endmodule

`default_nettype wire

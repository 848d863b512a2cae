// Turns each lane's number into a level.
// Config[input=u8, lanes=28, folds=28, common=[128], thresholds=1, outputBits=1, least=0, direction=ASCENDING,
// stages=0]
`default_nettype none

module digits_threshold_unit_l28_u8t1 (
    input  wire         clk,
    input  wire         reset,
    input  wire         in_valid,
    input  wire [216:0] in_data,
    input  wire         out_ready,
    output wire         in_ready,
    output wire         out_valid,
    output wire [27:0]  out_data
);

    reg         full;
    reg  [27:0] result;

    wire go = !full || out_ready;
    wire lanes_0 = in_data[0];
    wire lanes_1 = in_data[8];
    wire lanes_2 = in_data[16];
    wire lanes_3 = in_data[24];
    wire lanes_4 = in_data[32];
    wire lanes_5 = in_data[40];
    wire lanes_6 = in_data[48];
    wire lanes_7 = in_data[56];
    wire lanes_8 = in_data[64];
    wire lanes_9 = in_data[72];
    wire lanes_10 = in_data[80];
    wire lanes_11 = in_data[88];
    wire lanes_12 = in_data[96];
    wire lanes_13 = in_data[104];
    wire lanes_14 = in_data[112];
    wire lanes_15 = in_data[120];
    wire lanes_16 = in_data[128];
    wire lanes_17 = in_data[136];
    wire lanes_18 = in_data[144];
    wire lanes_19 = in_data[152];
    wire lanes_20 = in_data[160];
    wire lanes_21 = in_data[168];
    wire lanes_22 = in_data[176];
    wire lanes_23 = in_data[184];
    wire lanes_24 = in_data[192];
    wire lanes_25 = in_data[200];
    wire lanes_26 = in_data[208];
    wire lanes_27 = in_data[216];
    wire [27:0] result_next = {lanes_27, lanes_26, lanes_25, lanes_24, lanes_23, lanes_22, lanes_21, lanes_20,
                              lanes_19, lanes_18, lanes_17, lanes_16, lanes_15, lanes_14, lanes_13, lanes_12,
                              lanes_11, lanes_10, lanes_9, lanes_8, lanes_7, lanes_6, lanes_5, lanes_4,
                              lanes_3, lanes_2, lanes_1, lanes_0};

    always @(posedge clk)
        if (reset) begin
            full <= 1'b0;
        end else if (go) begin
            full <= in_valid;
        end

    always @(posedge clk) begin
        if (go) result <= result_next;
    end

    assign in_ready = go;
    assign out_valid = full;
    assign out_data = result;

    wire unused = &{1'b0, in_data[7:1], in_data[15:9], in_data[23:17], in_data[31:25], in_data[39:33],
                  in_data[47:41], in_data[55:49], in_data[63:57], in_data[71:65], in_data[79:73],
                  in_data[87:81], in_data[95:89], in_data[103:97], in_data[111:105], in_data[119:113],
                  in_data[127:121], in_data[135:129], in_data[143:137], in_data[151:145], in_data[159:153],
                  in_data[167:161], in_data[175:169], in_data[183:177], in_data[191:185], in_data[199:193],
                  in_data[207:201], in_data[215:209]};

`ifdef FORMAL
    reg         waiting;
    reg  [27:0] waitingWord;

    always @(posedge clk)
        if (reset) begin
            waiting <= 1'b0;
            waitingWord <= 28'd0;
        end else begin
            waiting <= full && !out_ready;
            waitingWord <= result;
        end

    always @(posedge clk)
        if (!reset) begin
            // a word once offered stays until it is taken
            assert (!waiting || (full && result == waitingWord));
        end
`endif
endmodule

`default_nettype wire

// Turns each lane's number into a level.
// Config[input=u8, lanes=28, folds=28, common=[128], thresholds=1, outputBits=1, least=0, direction=ASCENDING,
// stages=0]
`default_nettype none

module digits_threshold_unit_l28_u8t1 (
    input  wire         clk,
    input  wire         reset,
    input  wire         in_valid,
    input  wire [223:0] in_data,
    input  wire         out_ready,
    output wire         in_ready,
    output wire         out_valid,
    output wire [27:0]  out_data
);

    reg         full;
    reg  [27:0] result;

    wire go = !full || out_ready;
    wire [7:0] lanes_0 = in_data[7:0];
    wire [7:0] lanes_1 = in_data[15:8];
    wire [7:0] lanes_2 = in_data[23:16];
    wire [7:0] lanes_3 = in_data[31:24];
    wire [7:0] lanes_4 = in_data[39:32];
    wire [7:0] lanes_5 = in_data[47:40];
    wire [7:0] lanes_6 = in_data[55:48];
    wire [7:0] lanes_7 = in_data[63:56];
    wire [7:0] lanes_8 = in_data[71:64];
    wire [7:0] lanes_9 = in_data[79:72];
    wire [7:0] lanes_10 = in_data[87:80];
    wire [7:0] lanes_11 = in_data[95:88];
    wire [7:0] lanes_12 = in_data[103:96];
    wire [7:0] lanes_13 = in_data[111:104];
    wire [7:0] lanes_14 = in_data[119:112];
    wire [7:0] lanes_15 = in_data[127:120];
    wire [7:0] lanes_16 = in_data[135:128];
    wire [7:0] lanes_17 = in_data[143:136];
    wire [7:0] lanes_18 = in_data[151:144];
    wire [7:0] lanes_19 = in_data[159:152];
    wire [7:0] lanes_20 = in_data[167:160];
    wire [7:0] lanes_21 = in_data[175:168];
    wire [7:0] lanes_22 = in_data[183:176];
    wire [7:0] lanes_23 = in_data[191:184];
    wire [7:0] lanes_24 = in_data[199:192];
    wire [7:0] lanes_25 = in_data[207:200];
    wire [7:0] lanes_26 = in_data[215:208];
    wire [7:0] lanes_27 = in_data[223:216];
    wire level_0 = $signed({1'b0, lanes_0}) >= 9'sd128;
    wire level_1 = $signed({1'b0, lanes_1}) >= 9'sd128;
    wire level_2 = $signed({1'b0, lanes_2}) >= 9'sd128;
    wire level_3 = $signed({1'b0, lanes_3}) >= 9'sd128;
    wire level_4 = $signed({1'b0, lanes_4}) >= 9'sd128;
    wire level_5 = $signed({1'b0, lanes_5}) >= 9'sd128;
    wire level_6 = $signed({1'b0, lanes_6}) >= 9'sd128;
    wire level_7 = $signed({1'b0, lanes_7}) >= 9'sd128;
    wire level_8 = $signed({1'b0, lanes_8}) >= 9'sd128;
    wire level_9 = $signed({1'b0, lanes_9}) >= 9'sd128;
    wire level_10 = $signed({1'b0, lanes_10}) >= 9'sd128;
    wire level_11 = $signed({1'b0, lanes_11}) >= 9'sd128;
    wire level_12 = $signed({1'b0, lanes_12}) >= 9'sd128;
    wire level_13 = $signed({1'b0, lanes_13}) >= 9'sd128;
    wire level_14 = $signed({1'b0, lanes_14}) >= 9'sd128;
    wire level_15 = $signed({1'b0, lanes_15}) >= 9'sd128;
    wire level_16 = $signed({1'b0, lanes_16}) >= 9'sd128;
    wire level_17 = $signed({1'b0, lanes_17}) >= 9'sd128;
    wire level_18 = $signed({1'b0, lanes_18}) >= 9'sd128;
    wire level_19 = $signed({1'b0, lanes_19}) >= 9'sd128;
    wire level_20 = $signed({1'b0, lanes_20}) >= 9'sd128;
    wire level_21 = $signed({1'b0, lanes_21}) >= 9'sd128;
    wire level_22 = $signed({1'b0, lanes_22}) >= 9'sd128;
    wire level_23 = $signed({1'b0, lanes_23}) >= 9'sd128;
    wire level_24 = $signed({1'b0, lanes_24}) >= 9'sd128;
    wire level_25 = $signed({1'b0, lanes_25}) >= 9'sd128;
    wire level_26 = $signed({1'b0, lanes_26}) >= 9'sd128;
    wire level_27 = $signed({1'b0, lanes_27}) >= 9'sd128;
    wire [27:0] result_next = {level_27, level_26, level_25, level_24, level_23, level_22, level_21, level_20,
                              level_19, level_18, level_17, level_16, level_15, level_14, level_13, level_12,
                              level_11, level_10, level_9, level_8, level_7, level_6, level_5, level_4,
                              level_3, level_2, level_1, level_0};

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

// Number of positions at which a and b agree. Full adders, then a tree of adders; a sum_of takes one more bit
// by its carry-in, through its lowest position.
`default_nettype none

module xnor_popcount_28 (
    input  wire [27:0] a,
    input  wire [27:0] b,
    output wire [4:0]  count
);

    wire [27:0] agree = ~(a ^ b);
    wire [6:0] ones_of_3 = agree[6:0] ^ agree[13:7] ^ agree[20:14];
    wire [6:0] twos_of_3 = (agree[6:0] & agree[13:7]) | (agree[20:14] & (agree[6:0] | agree[13:7]));
    wire [3:0] sum_of_7_0 = {1'b0, twos_of_3[0], ones_of_3[0], ones_of_3[1]} +
                            {1'b0, twos_of_3[1], agree[21], ones_of_3[1]};
    wire [3:0] sum_of_7_1 = {1'b0, twos_of_3[2], ones_of_3[2], ones_of_3[3]} +
                            {1'b0, twos_of_3[3], agree[22], ones_of_3[3]};
    wire [4:0] sum_of_15_2 = {1'b0, sum_of_7_0[3:1], sum_of_7_1[1]} +
                             {1'b0, sum_of_7_1[3:2], agree[23], sum_of_7_1[1]};
    wire [3:0] sum_of_7_3 = {1'b0, twos_of_3[4], ones_of_3[4], ones_of_3[5]} +
                            {1'b0, twos_of_3[5], agree[24], ones_of_3[5]};
    wire [2:0] count_of_4_4 = {1'b0, twos_of_3[6], ones_of_3[6]} + {2'd0, agree[25]};
    wire [4:0] sum_of_12_5 = {1'b0, sum_of_7_3[3:1], count_of_4_4[0]} +
                             {1'b0, count_of_4_4[2:1], agree[26], count_of_4_4[0]};
    wire [5:0] sum_of_28_6 = {1'b0, sum_of_15_2[4:1], sum_of_12_5[1]} +
                             {1'b0, sum_of_12_5[4:2], agree[27], sum_of_12_5[1]};

    assign count = sum_of_28_6[5:1];

    wire unused = &{1'b0, sum_of_7_0[0], sum_of_7_1[0], sum_of_15_2[0], sum_of_7_3[0], sum_of_12_5[0],
                  sum_of_28_6[0]};
endmodule

`default_nettype wire

// Number of positions at which a and b agree. Full adders, then a tree of adders; a sum_of takes one more bit
// by its carry-in, through its lowest position.
`default_nettype none

module xnor_popcount_8 (
    input  wire [7:0] a,
    input  wire [7:0] b,
    output wire [3:0] count
);

    wire [7:0] agree = ~(a ^ b);
    wire [1:0] ones_of_3 = agree[1:0] ^ agree[3:2] ^ agree[5:4];
    wire [1:0] twos_of_3 = (agree[1:0] & agree[3:2]) | (agree[5:4] & (agree[1:0] | agree[3:2]));
    wire [3:0] sum_of_7_0 = {1'b0, twos_of_3[0], ones_of_3[0], ones_of_3[1]} +
                            {1'b0, twos_of_3[1], agree[6], ones_of_3[1]};
    wire [3:0] count_of_8_1 = {1'b0, sum_of_7_0[3:1]} + {3'd0, agree[7]};

    assign count = count_of_8_1;

    wire unused = &{1'b0, sum_of_7_0[0]};
endmodule

`default_nettype wire

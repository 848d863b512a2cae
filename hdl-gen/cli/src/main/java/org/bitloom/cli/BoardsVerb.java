package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Boards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the boards that designs can be compiled for. */
@Command(
        name = "boards",
        header = "Lists the boards that a design can be compiled for, with what their devices hold.",
        footer = {"%nExamples:", "  ./bitloom boards", "  ./bitloom boards --json | jq '.boards[] | select(.lut > 50000) | .id'"})
final class BoardsVerb implements Callable<Integer> {
    private static final String ROW = "%-17s %-20s %-16s %9s %9s %6s  %-6s %6s %6s%n";

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        List<Board> boards = Boards.all();
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                generator.writeArrayFieldStart("boards");
                for (Board board : boards) {
                    write(generator, board);
                }
                generator.writeEndArray();
            });
            return ExitStatus.OK;
        }
        out.printf(ROW, "Board", "Device", "Family", "LUT", "FF", "BRAM", "of", "DSP", "MHz");
        for (Board board : boards) {
            out.printf(
                    ROW, board.id(), board.part(), family(board), count(board.capacity().lut()), count(board.capacity().ff()),
                    count(board.capacity().bram()), board.memory(), count(board.capacity().dsp()),
                    "%.4g".formatted(board.clock().megahertz()));
        }
        return ExitStatus.OK;
    }

    private static String family(Board board) {
        return board.family().name().toLowerCase(Locale.ROOT);
    }

    private static String count(int number) {
        return "%,d".formatted(number);
    }

    private static void write(JsonGenerator json, Board board) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", board.id());
        json.writeStringField("name", board.name());
        json.writeStringField("part", board.part());
        json.writeStringField("family", family(board));
        json.writeNumberField("lut", board.capacity().lut());
        json.writeNumberField("ff", board.capacity().ff());
        json.writeNumberField("bram", board.capacity().bram());
        json.writeStringField("bramSize", board.memory());
        json.writeNumberField("dsp", board.capacity().dsp());
        json.writeNumberField("clockMegahertz", board.clock().megahertz());
        json.writeEndObject();
    }
}

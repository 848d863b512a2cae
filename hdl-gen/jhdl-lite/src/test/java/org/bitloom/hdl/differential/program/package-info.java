/**
 * Random programs in the language of {@link org.bitloom.hdl.Component}: a program is data, which a component can follow
 * when it is built, and which a small evaluator runs statement by statement, in exact integers. The evaluator knows
 * neither netlists nor widths of operators; the two must agree.
 */
@NullMarked
package org.bitloom.hdl.differential.program;

import org.jspecify.annotations.NullMarked;

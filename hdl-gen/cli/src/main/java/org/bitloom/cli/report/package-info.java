/** Figures (SVG) and pages (HTML) of results, self-contained and the same bytes for the same figures. */
@NullMarked
package org.bitloom.cli.report;

import org.jspecify.annotations.NullMarked;

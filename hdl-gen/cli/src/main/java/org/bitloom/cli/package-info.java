/**
 * The {@code bitloom} command: one class a verb, one place that turns errors into messages and exit statuses, and
 * nothing else; what a verb does lives in the modules below.
 */
@NullMarked
package org.bitloom.cli;

import org.jspecify.annotations.NullMarked;

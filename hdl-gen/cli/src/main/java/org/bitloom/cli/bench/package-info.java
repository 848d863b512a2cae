/** What the bench verbs measure: cold processes, LUTs after synthesis, and the unit that is compared with other HDLs. */
@NullMarked
package org.bitloom.cli.bench;

import org.jspecify.annotations.NullMarked;

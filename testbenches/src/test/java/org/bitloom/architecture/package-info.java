/** What holds for all modules together: the direction of dependencies. */
@NullMarked
package org.bitloom.architecture;

import org.jspecify.annotations.NullMarked;

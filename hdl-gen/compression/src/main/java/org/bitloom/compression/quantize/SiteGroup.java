package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.List;

/**
 * Sites of one format, because their integers meet in a sum or concatenation.
 *
 * @param bits   of the format
 * @param signed whether a number of any of them may be below 0
 */
record SiteGroup(List<Site> sites, int bits, boolean signed) {
    SiteGroup {
        sites = List.copyOf(sites);
    }

    /** All the sites of both, as wide and as signed as either. */
    SiteGroup with(SiteGroup other) {
        List<Site> all = new ArrayList<>(sites);
        all.addAll(other.sites);
        return new SiteGroup(all, Math.max(bits, other.bits), signed || other.signed);
    }
}

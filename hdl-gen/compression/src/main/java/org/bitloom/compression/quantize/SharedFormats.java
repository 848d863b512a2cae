package org.bitloom.compression.quantize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which sites share a format, while more and more of them are found to. */
final class SharedFormats {
    /** Each site belongs to one group. */
    private final Map<Site, SiteGroup> groups = new LinkedHashMap<>();

    void add(Site site, int bits, boolean signed) {
        groups.put(site, new SiteGroup(List.of(site), bits, signed));
    }

    void join(Site first, Site second) {
        SiteGroup left = Objects.requireNonNull(groups.get(first));
        SiteGroup right = Objects.requireNonNull(groups.get(second));
        if (left != right) {
            SiteGroup both = left.with(right);
            both.sites().forEach(site -> groups.put(site, both));
        }
    }

    List<SiteGroup> groups() {
        return groups.values().stream().distinct().toList();
    }
}

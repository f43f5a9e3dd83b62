package iam

import "net/netip"

// parseNetwork reads a CIDR block, or one address as the block that holds it
// alone.
func parseNetwork(s string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

// coversAllNetworks says whether the blocks leave out no address of either
// family.
func coversAllNetworks(blocks []entry) bool {
	var four, six bool
	for i := range blocks {
		p := blocks[i].network
		if !blocks[i].readable || p.Bits() != 0 {
			continue
		}
		four = four || p.Addr().Is4()
		six = six || p.Addr().Is6()
	}
	return four && six
}

package template

import (
	"math/big"
	"net/netip"
	"strconv"
)

// maxCidrs is the most blocks that Fn::Cidr gives.
const maxCidrs = 256

// cidrBlocks divides a block into count blocks with the given number of host
// bits, as Fn::Cidr does.
func cidrBlocks(block, count, hostBits string) Value {
	prefix, err := netip.ParsePrefix(block)
	n, err2 := strconv.Atoi(count)
	if err != nil || err2 != nil || n < 1 || n > maxCidrs {
		return malformed("Fn::Cidr")
	}
	width := prefix.Addr().BitLen()
	bits := 8
	if prefix.Addr().Is6() {
		bits = 64
	}
	if hostBits != "" {
		if bits, err = strconv.Atoi(hostBits); err != nil {
			return malformed("Fn::Cidr")
		}
	}
	if bits < 1 || bits > width-prefix.Bits() {
		return malformed("Fn::Cidr")
	}
	return listOf(subnets(prefix.Masked(), n, bits, width))
}

func subnets(prefix netip.Prefix, n, bits, width int) []Value {
	step := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	at := new(big.Int).SetBytes(prefix.Addr().AsSlice())
	var out []Value
	for range n {
		raw := make([]byte, width/8)
		if at.BitLen() > width {
			break
		}
		addr, _ := netip.AddrFromSlice(at.FillBytes(raw))
		if !prefix.Contains(addr) {
			break
		}
		out = append(out, literal(netip.PrefixFrom(addr, width-bits).String()))
		at.Add(at, step)
	}
	return out
}

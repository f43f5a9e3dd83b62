package iam

import "strings"

// decimal is a number in its shortest decimal form, exact at any length.
type decimal struct {
	negative bool
	whole    string // no leading zero
	fraction string // no trailing zero
}

// parseDecimal reads an optional sign, digits, and a fraction.
func parseDecimal(s string) (decimal, bool) {
	var d decimal
	if s != "" && (s[0] == '-' || s[0] == '+') {
		d.negative = s[0] == '-'
		s = s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	if whole == "" || point && fraction == "" || !digits(whole) || !digits(fraction) {
		return decimal{}, false
	}
	d.whole, d.fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if d.whole == "" && d.fraction == "" {
		d.negative = false
	}
	return d, true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func (d decimal) compare(e decimal) int {
	if d.negative != e.negative {
		if d.negative {
			return -1
		}
		return 1
	}
	order := len(d.whole) - len(e.whole)
	if order == 0 {
		order = strings.Compare(d.whole, e.whole)
	}
	if order == 0 {
		order = strings.Compare(d.fraction, e.fraction)
	}
	if d.negative {
		order = -order
	}
	return order
}

package iam

import "strconv"

// quote shows foreign text in a message, cut where it is long.
func quote(s string) string {
	const most = 120
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strconv.Quote(s)
}

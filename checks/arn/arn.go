// Package arn takes Amazon resource names apart: the one place that knows their
// fields. It judges nothing and imports nothing of this module. Patterns of ARNs,
// as policies have them, are the business of package iam.
package arn

import "strings"

// ARN is an Amazon resource name by its fields.
type ARN struct{ Partition, Service, Region, Account, Resource string }

// Parse reads a text that begins with an ARN, with all of its fields.
func Parse(text string) (ARN, bool) {
	a, n := head(text)
	return a, n == fields
}

// Head reads a text that begins with an ARN as far as it goes, at least to the
// service. What does not follow is empty. The colons of a variable of Fn::Sub,
// ${AWS::Region}, separate nothing.
func Head(text string) (ARN, bool) {
	a, n := head(text)
	return a, n >= 2
}

const fields = 5

func head(text string) (ARN, int) {
	rest, ok := strings.CutPrefix(text, "arn:")
	if !ok {
		return ARN{}, 0
	}
	var f [fields]string
	n, depth, start := 0, 0, 0
	for i := 0; i < len(rest) && n < fields-1; i++ {
		switch {
		case strings.HasPrefix(rest[i:], "${"):
			depth++
		case rest[i] == '}' && depth > 0:
			depth--
		case rest[i] == ':' && depth == 0:
			f[n] = rest[start:i]
			n, start = n+1, i+1
		}
	}
	f[n] = rest[start:]
	return ARN{f[0], f[1], f[2], f[3], f[4]}, n + 1
}

package iam

// maxPositions is how long a policy pattern (one part of an ARN) may be for an
// exact comparison with a request pattern. Longer ones answer maybe.
const maxPositions = 255

// positions is a set of automaton positions. It is a value, so that comparing
// patterns allocates nothing.
type positions [(maxPositions + 1) / 64]uint64

func (s *positions) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s *positions) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

func (s *positions) union(t *positions) {
	for i := range s {
		s[i] |= t[i]
	}
}

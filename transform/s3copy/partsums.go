package s3copy

import "hash"

// partSums computes a sum over a stream: of the whole when sizes is nil, else
// the sum of the parts' sums.
type partSums struct {
	algorithm Algorithm
	sizes     []int64
	current   hash.Hash
	left      int64
	joined    []byte
}

func newPartSums(a Algorithm, sizes []int64) *partSums {
	s := &partSums{algorithm: a, sizes: sizes, current: a.hash()}
	if len(sizes) > 0 {
		s.left = sizes[0]
	}
	return s
}

func (s *partSums) Write(p []byte) {
	for len(s.sizes) > 1 && int64(len(p)) >= s.left {
		s.current.Write(p[:s.left])
		p = p[s.left:]
		s.joined = s.current.Sum(s.joined)
		s.current.Reset()
		s.sizes = s.sizes[1:]
		s.left = s.sizes[0]
	}
	s.current.Write(p)
	s.left -= int64(len(p))
}

// Sum is the sum of what was written so far. It is called once, at the end.
func (s *partSums) Sum() []byte {
	if s.sizes == nil {
		return s.current.Sum(nil)
	}
	all := s.algorithm.hash()
	all.Write(s.current.Sum(s.joined))
	return all.Sum(nil)
}

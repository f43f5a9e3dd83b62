package s3copy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
)

// Verdict is what comparing bytes with an object has shown.
type Verdict int

// The verdicts. Unknown means that nothing vouches for the object.
const (
	Unknown Verdict = iota
	Same
	Differs
)

func (v Verdict) String() string { return [...]string{"unknown", "same", "differs"}[v] }

// Verifier reads an object's bytes in order. It computes their SHA-256 and
// compares them with one thing that vouches for the object.
type Verifier struct {
	want  Object
	whole hash.Hash
	size  int64
	sum   *Sum
	sums  *partSums
}

// byCost orders what verifies a transfer: a whole SHA-256 is computed anyway,
// a CRC costs almost nothing. byStrength orders what tells two objects apart.
var (
	byCost     = []Algorithm{SHA256, CRC32, CRC32C, CRC64NVME, SHA1, MD5}
	byStrength = []Algorithm{SHA256, SHA1, MD5, CRC64NVME, CRC32C, CRC32}
)

// NewVerifier verifies a transfer of the object.
func NewVerifier(want Object) *Verifier { return newVerifier(want, byCost, true) }

// NewComparer tells whether other bytes are the object's.
func NewComparer(want Object) *Verifier { return newVerifier(want, byStrength, true) }

func newVerifier(want Object, order []Algorithm, hints bool) *Verifier {
	v := &Verifier{want: want, whole: sha256.New()}
	if want.SHA256 == "" {
		v.sum = choose(want, order, hints)
	}
	if v.sum != nil && (v.sum.Algorithm != SHA256 || v.sum.PartSizes != nil) {
		v.sums = newPartSums(v.sum.Algorithm, v.sum.PartSizes)
	}
	return v
}

// choose prefers sums of the whole object, in the order given, then sums of
// parts, then, with hints, what the key says.
func choose(o Object, order []Algorithm, hints bool) *Sum {
	for _, composite := range []bool{false, true} {
		for _, a := range order {
			i := slices.IndexFunc(o.Sums, func(s Sum) bool { return s.Algorithm == a && (s.PartSizes != nil) == composite })
			if i >= 0 {
				return &o.Sums[i]
			}
		}
	}
	if s, ok := keySum(o.Key); ok && hints {
		return &s
	}
	return nil
}

func (v *Verifier) Write(p []byte) (int, error) {
	v.size += int64(len(p))
	v.whole.Write(p)
	if v.sums != nil {
		v.sums.Write(p)
	}
	return len(p), nil
}

// SHA256 is the digest of what was written, in hex.
func (v *Verifier) SHA256() string { return hex.EncodeToString(v.whole.Sum(nil)) }

// Verdict says whether what was written is the object.
func (v *Verifier) Verdict() Verdict {
	switch {
	case v.size != v.want.Size:
		return Differs
	case v.want.SHA256 != "":
		return verdict(v.want.SHA256 == v.SHA256())
	case v.sum == nil:
		return Unknown
	}
	got := v.whole.Sum(nil)
	if v.sums != nil {
		got = v.sums.Sum()
	}
	if !bytes.Equal(got, v.sum.Value) && v.sum.Hint {
		return Unknown
	}
	return verdict(bytes.Equal(got, v.sum.Value))
}

func verdict(same bool) Verdict {
	if same {
		return Same
	}
	return Differs
}

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
// compares them with what vouches for the object: its SHA-256 or another of its
// sums, and always its key where that is a hash.
type Verifier struct {
	want  Object
	whole hash.Hash
	size  int64
	sum   *Sum
	sums  *partSums
	key   *Sum
	keyed hash.Hash // of the key's algorithm; nil where that is SHA-256
}

// byCost orders what verifies a transfer: a whole SHA-256 is computed anyway,
// a CRC costs almost nothing. byStrength orders what tells two objects apart.
var (
	byCost     = []Algorithm{SHA256, CRC32, CRC32C, CRC64NVME, SHA1, MD5}
	byStrength = []Algorithm{SHA256, SHA1, MD5, CRC64NVME, CRC32C, CRC32}
)

// NewVerifier verifies a transfer of the object.
func NewVerifier(want Object) *Verifier {
	v := newVerifier(want)
	if want.SHA256 == "" && v.key == nil {
		v.compareWith(choose(want, byCost))
	}
	return v
}

// NewComparer tells whether other bytes are the object's.
func NewComparer(want Object) *Verifier {
	v := newVerifier(want)
	if want.SHA256 == "" {
		v.compareWith(choose(want, byStrength))
	}
	return v
}

func newVerifier(want Object) *Verifier {
	v := &Verifier{want: want, whole: sha256.New()}
	if key, ok := want.keySum(); ok {
		v.key = &key
		if key.Algorithm != SHA256 {
			v.keyed = key.Algorithm.hash()
		}
	}
	return v
}

func (v *Verifier) compareWith(sum *Sum) {
	v.sum = sum
	if sum != nil && (sum.Algorithm != SHA256 || sum.PartSizes != nil) {
		v.sums = newPartSums(sum.Algorithm, sum.PartSizes)
	}
}

// choose prefers sums of the whole object, in the order given, to sums of parts.
func choose(o Object, order []Algorithm) *Sum {
	for _, composite := range []bool{false, true} {
		for _, a := range order {
			i := slices.IndexFunc(o.Sums, func(s Sum) bool { return s.Algorithm == a && (s.PartSizes != nil) == composite })
			if i >= 0 {
				return &o.Sums[i]
			}
		}
	}
	return nil
}

func (v *Verifier) Write(p []byte) (int, error) {
	v.size += int64(len(p))
	v.whole.Write(p)
	if v.sums != nil {
		v.sums.Write(p)
	}
	if v.keyed != nil {
		v.keyed.Write(p)
	}
	return len(p), nil
}

// SHA256 is the digest of what was written, in hex.
func (v *Verifier) SHA256() string { return hex.EncodeToString(v.whole.Sum(nil)) }

// Altered is an error where the bytes are not what the key is the hash of.
func (v *Verifier) Altered() error {
	if v.key == nil {
		return nil
	}
	got := v.whole.Sum(nil)
	if v.keyed != nil {
		got = v.keyed.Sum(nil)
	}
	if bytes.Equal(got, v.key.Value) {
		return nil
	}
	return alteredError(v.want.Key, *v.key, got)
}

// Verdict says whether what was written is the object.
func (v *Verifier) Verdict() Verdict {
	switch {
	case v.size != v.want.Size || v.Altered() != nil:
		return Differs
	case v.want.SHA256 == "" && v.sum == nil && v.key != nil:
		return Same
	}
	return v.compared()
}

// compared leaves the key out: that is said of the name, not of other bytes.
func (v *Verifier) compared() Verdict {
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
	return verdict(bytes.Equal(got, v.sum.Value))
}

func verdict(same bool) Verdict {
	if same {
		return Same
	}
	return Differs
}

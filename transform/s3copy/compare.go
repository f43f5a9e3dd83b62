package s3copy

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"slices"
)

// CompareFacts tells whether two objects are the same by what is known of them,
// without reading either.
func CompareFacts(a, b Object) Verdict {
	switch {
	case a.Size != b.Size:
		return Differs
	case a.SHA256 != "" && b.SHA256 != "":
		return verdict(a.SHA256 == b.SHA256)
	}
	for _, algorithm := range byStrength {
		for _, x := range a.known(algorithm) {
			for _, y := range b.known(algorithm) {
				if slices.Equal(x.PartSizes, y.PartSizes) {
					return verdict(slices.Equal(x.Value, y.Value))
				}
			}
		}
	}
	return Unknown
}

func (o Object) known(a Algorithm) []Sum {
	var all []Sum
	if value, err := hexBytes(o.SHA256); a == SHA256 && err == nil && len(value) > 0 {
		all = append(all, Sum{Algorithm: SHA256, Value: value})
	}
	for _, s := range o.Sums {
		if s.Algorithm == a {
			all = append(all, s)
		}
	}
	return all
}

// digest is the SHA-256 of the whole object, where it is known.
func (o Object) digest() string {
	for _, s := range o.known(SHA256) {
		if s.PartSizes == nil {
			return hex.EncodeToString(s.Value)
		}
	}
	return ""
}

// Compare tells whether the object near is the object far. It reads the near
// one, which should be the cheaper to read, only when what is known does not
// tell, and the far one only when nothing vouches for it. The near object comes
// back with its SHA-256 if it is the same. Bytes that are not what the key is the
// hash of are ErrAltered where they were read near, and ErrAlteredFar where they
// were read far; the verdict stands beside.
func Compare(ctx context.Context, near Store, n Object, far Store, f Object) (Verdict, Object, error) {
	facts := CompareFacts(n, f)
	n.SHA256 = cmp.Or(n.digest(), f.digest())
	if facts == Differs || facts == Same && n.SHA256 != "" {
		return facts, n, nil
	}
	v := NewComparer(f)
	if err := read(ctx, near, n, v); err != nil {
		return Unknown, n, err
	}
	n.SHA256 = v.SHA256()
	if verdict := v.compared(); verdict != Unknown {
		return verdict, n, v.Altered()
	}
	other := NewVerifier(f)
	if err := read(ctx, far, f, other); err != nil {
		return Unknown, n, err
	}
	err := v.Altered()
	if far := other.Altered(); err == nil && far != nil {
		err = errors.Join(ErrAlteredFar, far)
	}
	return verdict(other.SHA256() == n.SHA256), n, err
}

// Digest reads an object and returns it with its SHA-256. Bytes that do not fit
// what is known of the object are ErrCorrupt.
func Digest(ctx context.Context, s Store, o Object) (Object, error) {
	return DigestParts(ctx, s, o, nil)
}

// DigestParts is Digest, and tells of each part, if the object is moved in
// parts, as soon as it has been read. An error of each ends it.
func DigestParts(ctx context.Context, s Store, o Object, each func(Part) error) (Object, error) {
	v := NewVerifier(o)
	if each == nil || len(o.Split()) == 1 {
		err := readAs(ctx, s, o, v, v)
		o.SHA256 = v.SHA256()
		return o, err
	}
	parts := newDigester(PartSize(o.Size), each)
	err := readAs(ctx, s, o, v, io.MultiWriter(v, parts))
	if err == nil {
		err = parts.end()
	}
	o.SHA256 = v.SHA256()
	return o, err
}

// Prove reads an object, as ErrCorrupt unless its bytes are what vouches for
// it says. Told is false when nothing does.
func Prove(ctx context.Context, s Store, o Object) (done Object, told bool, err error) {
	v := NewVerifier(o)
	if err := readAs(ctx, s, o, v, v); err != nil {
		return o, false, err
	}
	o.SHA256 = v.SHA256()
	return o, v.Verdict() == Same, nil
}

func readAs(ctx context.Context, s Store, o Object, v *Verifier, w io.Writer) error {
	if err := read(ctx, s, o, w); err != nil {
		return err
	}
	if v.Verdict() == Differs {
		return judge(v, o)
	}
	return nil
}

func read(ctx context.Context, s Store, o Object, w io.Writer) error {
	body, err := s.Open(ctx, o, 0, o.Size)
	if err != nil {
		return err
	}
	defer body.Close()
	return readInto(w, body)
}

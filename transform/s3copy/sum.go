package s3copy

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"strings"
	"sync"
)

// Algorithm names a checksum as S3 does.
type Algorithm string

// The checksums that S3 keeps, and the MD5 of its ETags.
const (
	SHA256    Algorithm = "SHA256"
	SHA1      Algorithm = "SHA1"
	CRC32     Algorithm = "CRC32"
	CRC32C    Algorithm = "CRC32C"
	CRC64NVME Algorithm = "CRC64NVME"
	MD5       Algorithm = "MD5"
)

// Sum is one checksum of an object. PartSizes is nil for a sum of the whole
// object; otherwise Value is the sum of the parts' sums, in order.
type Sum struct {
	Algorithm Algorithm
	Value     []byte
	PartSizes []int64
}

var (
	castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })
	nvme       = sync.OnceValue(func() *crc64.Table { return crc64.MakeTable(0x9a6c9329ac4bc9b5) })
)

func (a Algorithm) hash() hash.Hash {
	switch a {
	case SHA256:
		return sha256.New()
	case SHA1:
		return sha1.New()
	case CRC32:
		return crc32.NewIEEE()
	case CRC32C:
		return crc32.New(castagnoli())
	case CRC64NVME:
		return crc64.New(nvme())
	case MD5:
		return md5.New()
	}
	return nil
}

// keySum reads the sum that a content-addressed key is: the packager of
// releases names each asset after the hash of its bytes.
func keySum(key string) (Sum, bool) {
	name := strings.TrimSuffix(strings.TrimSuffix(key, ".template"), ".zip")
	value, err := hex.DecodeString(name)
	if err != nil {
		return Sum{}, false
	}
	switch len(value) {
	case sha256.Size:
		return Sum{Algorithm: SHA256, Value: value}, true
	case sha1.Size:
		return Sum{Algorithm: SHA1, Value: value}, true
	case md5.Size:
		return Sum{Algorithm: MD5, Value: value}, true
	}
	return Sum{}, false
}

// keySum is what the object's key vouches for.
func (o Object) keySum() (Sum, bool) {
	if o.Unkeyed {
		return Sum{}, false
	}
	return keySum(o.Key)
}

// Contradicts tells that what is known of the object is not what its key is the
// hash of. No byte is read.
func (o Object) Contradicts() error {
	key, ok := o.keySum()
	if !ok {
		return nil
	}
	for _, s := range o.known(key.Algorithm) {
		if s.PartSizes == nil && !bytes.Equal(s.Value, key.Value) {
			return alteredError(o.Key, key, s.Value)
		}
	}
	return nil
}

// alteredError says which hash the key is and which the bytes have.
func alteredError(key string, want Sum, got []byte) error {
	return &Error{Op: "verify", Key: key, Kind: ErrCorrupt, Err: fmt.Errorf("%w: the %s of its bytes is %x; if its publisher confirms them, --accept-altered %s takes them", ErrAltered, want.Algorithm, got, Quoted(key))}
}

// Package s3copy moves objects between S3 buckets and folders: list, plan,
// execute. It verifies every object that it moves and never leaves a part of
// one under its name. It knows nothing of releases or templates, deletes no
// object, and never asks or prints.
package s3copy

import "strings"

// Object is what is known of one object. Fields that a store cannot tell are
// empty; nothing here is a guess.
type Object struct {
	Key    string
	Size   int64
	ETag   string
	SHA256 string // hex, of the whole object
	// Sums are the checksums that the store itself vouches for.
	Sums []Sum
	// Stated is false for an object known from a listing only: its sums are not known yet.
	Stated bool
	// Whole has the object moved in one piece.
	Whole bool
	// Replace lets the object take the place of another one under its key.
	Replace bool
	// Unkeyed leaves the hash in its key out: an object that is accepted by name
	// although it was published with other bytes.
	Unkeyed bool
}

// as is the object with what is asked for of another one.
func (o Object) as(asked Object) Object {
	o.Whole, o.Replace, o.Unkeyed = asked.Whole, asked.Replace, asked.Unkeyed
	return o
}

// Part is a range of an object.
type Part struct {
	Number       int // from 1
	Offset, Size int64
	SHA256       []byte  // of these bytes, where it is known beforehand
	mark         *uint64 // of the bytes that SHA256 was computed of, in this process
}

const (
	minPart  = 8 << 20
	maxParts = 10_000
)

// PartSize is the size of the parts that an object of this size is moved in. It
// depends on nothing else, so that a second run finds the same parts.
func PartSize(size int64) int64 {
	part := int64(minPart)
	for (size+part-1)/part > maxParts {
		part *= 2
	}
	return part
}

// Split cuts an object into parts. An empty object has one empty part.
func (o Object) Split() []Part {
	size := PartSize(o.Size)
	if o.Whole {
		size = o.Size + 1
	}
	var parts []Part
	for off := int64(0); off < o.Size || len(parts) == 0; off += size {
		parts = append(parts, Part{Number: len(parts) + 1, Offset: off, Size: min(size, o.Size-off)})
	}
	return parts
}

// inParts are the parts of an object that is not moved in one piece.
func (o Object) inParts() []Part {
	o.Whole = false
	return o.Split()
}

func (o Object) partSizes() []int64 {
	var sizes []int64
	for _, p := range o.inParts() {
		sizes = append(sizes, p.Size)
	}
	return sizes
}

// cleanETag takes off the quotes that S3 puts around an ETag.
func cleanETag(etag string) string { return strings.Trim(etag, `"`) }

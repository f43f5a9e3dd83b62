package s3copy

import (
	"context"
	"errors"
	"io"
)

// Store is a place that holds objects: a bucket, a folder, or one of these with
// retries, a limit or a dry run around it. Every error is an *Error.
type Store interface {
	// List tells what stands under a prefix, in key order.
	List(ctx context.Context, prefix string) ([]Object, error)
	// Stat tells all that the store knows of one object.
	Stat(ctx context.Context, key string) (Object, error)
	// Open reads n bytes from an offset, of the very object that was stated: one
	// that was replaced since is ErrChanged. With n as ToEnd, and nothing known
	// but the key, it reads the whole object that is there.
	Open(ctx context.Context, o Object, off, n int64) (*Body, error)
	// Create begins an object. Nothing is seen under its key before Commit.
	Create(ctx context.Context, o Object) (Target, error)
}

// ToEnd is the length of an object of which only the key is known.
const ToEnd = -1

// Body is a part of an object being read. Object is what the answer told of the
// whole object, at least what was known before.
type Body struct {
	io.ReadCloser
	Object Object
}

// Target is one object being written. WritePart may be called in any order and
// at once for different parts. Exactly one of Commit and Abort ends it. An
// object of a single part may be seen, whole and verified, from WritePart on.
type Target interface {
	WritePart(ctx context.Context, p Part, body io.Reader) error
	// Commit makes the object visible; it is the one that sum describes, or an
	// error. It never replaces an object that appeared meanwhile, unless it may.
	Commit(ctx context.Context, sum Object) (Object, error)
	// Abort clears away what no later run can use.
	Abort(ctx context.Context, cause error) error
}

// Resumer is a Target that may hold some of the object already, from a run that
// was interrupted. Missing are the ranges that are still to be written, in the
// place of the parts that the object would be moved in.
type Resumer interface {
	Missing(parts []Part) []Part
}

// What went wrong, in the words that decide what happens next.
var (
	ErrNotFound    = errors.New("no such object")
	ErrNoBucket    = errors.New("no such bucket")
	ErrDenied      = errors.New("access denied")
	ErrCredentials = errors.New("credentials are missing, expired or not of this partition")
	ErrWrongRegion = errors.New("the bucket is in another region")
	ErrTransient   = errors.New("the service or the connection broke off")
	ErrThrottled   = errors.New("the service asks to slow down")
	ErrCorrupt     = errors.New("the bytes are not the object's")
	ErrAltered     = errors.New("its key is the hash of other bytes")  // beside ErrCorrupt
	ErrAlteredFar  = errors.New("the object compared with is altered") // beside ErrAltered
	ErrUnproven    = errors.New("nothing vouches for the bytes")
	ErrChanged     = errors.New("the object was replaced meanwhile")
	ErrExists      = errors.New("an object stands there that differs")
	ErrNoSpace     = errors.New("no space left")
	ErrQuota       = errors.New("the disk quota is used up")
	ErrBucketQuota = errors.New("the bucket's quota is used up")
	ErrReadOnly    = errors.New("not writable")
	ErrUnreadable  = errors.New("not readable")
	ErrClock       = errors.New("the clock is off")
)

// Error is a fault of one operation on one object.
type Error struct {
	Op, Key string
	Kind    error // one of the Err values, or nil
	Err     error
}

func (e *Error) Error() string {
	text := e.Op
	if e.Key != "" {
		text += " " + Quoted(e.Key)
	}
	switch {
	case e.Kind == context.Canceled:
		return text + ": canceled"
	case e.Kind == ErrClock && e.Err != nil:
		// What is wrong is said with by how much.
	case e.Kind != nil:
		text += ": " + e.Kind.Error()
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() []error {
	var all []error
	for _, err := range []error{e.Kind, e.Err} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

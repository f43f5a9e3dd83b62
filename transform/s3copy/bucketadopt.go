package s3copy

import "context"

// adopt takes an object that is there already for the one being written if it
// has its bytes: an answer that was lost on the way back leaves one. Where the
// service keeps no checksum that tells, the object is read. The fault is that
// of the request which found it there.
func (t *objectTarget) adopt(ctx context.Context, sum Sum, fault error) error {
	there, err := t.bucket.Stat(ctx, t.object.Key)
	if err != nil {
		return err
	}
	mine := Object{Key: t.object.Key, Size: t.object.Size, Sums: []Sum{sum}}
	same := CompareFacts(there, mine)
	if same == Unknown {
		v := NewVerifier(mine)
		if err := read(ctx, t.bucket, there, v); err != nil {
			return err
		}
		same = v.Verdict()
	}
	if same != Same {
		return fault
	}
	there.SHA256 = t.object.SHA256
	t.done = there
	return nil
}

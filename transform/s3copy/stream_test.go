package s3copy

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestStreamsNeverWaitForEachOther copies between two buckets with fewer
// requests at once and less memory than the objects under way ask for.
func TestStreamsNeverWaitForEachOther(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	sizes := map[string]int{"large": Memory + 3*minPart, "larger": Memory + 9*minPart}
	for i := range 24 {
		sizes[fmt.Sprintf("small-%d", i)] = 1 << 20
	}
	writeFiles(t, server.Bucket(t, "first"), sizes)
	server.Bucket(t, "second")
	limited := func(bucket string) Store {
		return Retry(Limit(OpenBucket(server.Config(t, ""), bucket), NewLimiter(2, 2)), quick)
	}
	c := &Copier{From: limited("first"), To: limited("second"), Stream: true, Observer: silent{}}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if err := failures(c.Execute(ctx, ops(t, c.From))); err != nil {
		t.Fatal(err)
	}
	for key, size := range sizes {
		want, err := Digest(ctx, c.From, Object{Key: key, Size: int64(size)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Digest(ctx, c.To, want); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

package s3copy

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestWhatAppearedMeanwhileIsTakenOnlyIfItIsTheSame has objects stand in the
// bucket that the plan does not know of, and of which it keeps no SHA-256.
func TestWhatAppearedMeanwhileIsTakenOnlyIfItIsTheSame(t *testing.T) {
	sizes := map[string]int{"small": 5000, "large": 2*minPart + 99}
	for _, altered := range []bool{false, true} {
		server := s3test.Start(t, s3test.Options{})
		server.Bucket(t, "first")
		dir := t.TempDir()
		writeFiles(t, dir, sizes)
		client := s3.NewFromConfig(server.Config(t, ""))
		for key, size := range sizes {
			body := content(key, size)
			if altered {
				body[size/2] ^= 1
			}
			in := &s3.PutObjectInput{Bucket: aws.String("first"), Key: &key, Body: bytes.NewReader(body), ChecksumAlgorithm: types.ChecksumAlgorithmCrc32}
			if _, err := client.PutObject(t.Context(), in); err != nil {
				t.Fatal(err)
			}
		}
		folder, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		to := remote(t, server, "", "first")
		c := &Copier{From: folder, To: to, Local: true, Observer: silent{}}
		for _, out := range c.Execute(context.Background(), ops(t, folder)) {
			if altered != errors.Is(out.Err, ErrExists) || !altered && out.Err != nil {
				t.Errorf("altered %v, %s: %v", altered, out.Op.Object.Key, out.Err)
			}
		}
		wantNoUploads(t, client, "first")
	}
}

// wantNoUploads holds that no parts are left that would be paid for.
func wantNoUploads(t *testing.T, client *s3.Client, bucket string) {
	t.Helper()
	left, err := client.ListMultipartUploads(t.Context(), &s3.ListMultipartUploadsInput{Bucket: &bucket})
	if err != nil || len(left.Uploads) > 0 {
		t.Errorf("%d uploads are left: %v", len(left.Uploads), err)
	}
}

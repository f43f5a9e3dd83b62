package carry

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

const (
	version = "v1.2.3"
	entry   = version + "/panther.yml"
	vendor  = "panther-community-us-east-1"
)

// fixture is a small release as it is published: content-addressed assets at
// the root, a nested template, the proxy's template and a tool under the version.
func fixture() map[string][]byte {
	files := map[string][]byte{}
	put := func(body []byte) string {
		sum := sha1.Sum(body)
		key := hex.EncodeToString(sum[:])
		files[key] = body
		return key
	}
	random := rand.NewChaCha8([32]byte{7})
	child := "Resources:\n"
	for i := range 12 {
		body := make([]byte, 1000*(i+1)*(i+1))
		random.Read(body) //nolint:errcheck // it cannot fail
		child += fmt.Sprintf("  F%d: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://%s/%s}}\n", i, vendor, put(body))
	}
	large := make([]byte, 9<<20)
	random.Read(large) //nolint:errcheck // it cannot fail
	files[entry] = []byte(fmt.Sprintf(`Mappings: {Constants: {Panther: {Version: 1.2.3}}}
Resources:
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://%[1]s.s3.us-east-1.amazonaws.com/%[2]s}}
  Layer: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: %[1]s, S3Key: %[3]s}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Image: 349240696275.dkr.ecr.us-east-1.amazonaws.com/panther-community:1.2.3}]}}
`, vendor, put([]byte(child)), put(large)))
	files[version+"/proxy_panther.yml"] = []byte("Resources: {}\n")
	files[version+"/tools/linux-amd64.zip"] = []byte("a tool")
	return files
}

func layOut(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	for key, body := range files {
		path := filepath.Join(dir, filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type silent struct{}

func (silent) Moved(int64)         {}
func (silent) Done(s3copy.Outcome) {}
func (silent) Planned(int, int64)  {}

var quick = s3copy.Backoff{Attempts: 6, First: time.Millisecond, Most: 20 * time.Millisecond}

func bucket(t testing.TB, s *s3test.Server, url, name string) Side {
	t.Helper()
	return InBucket(s3copy.OpenBucket(s.Config(t, url), name), name, s.Region, quick, AsTheLinkGives())
}

func folder(t testing.TB, dir string) Side {
	t.Helper()
	f, err := s3copy.CreateFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return InFolder(f)
}

func vendorBuckets(t testing.TB) s3url.Set {
	t.Helper()
	set, err := s3url.NewSet("panther-community-<region>")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func job(t testing.TB, from, to Side) Job {
	return Job{Version: version, From: from, To: to, Terms: Terms{Own: vendorBuckets(t)}, Observer: silent{}}
}

func run(t testing.TB, j Job) *Result {
	t.Helper()
	r, err := j.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func verify(t testing.TB, side Side) *Result {
	t.Helper()
	r, err := Verify(context.Background(), side, version, Terms{Own: vendorBuckets(t)}, silent{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantWhole holds that a folder has every file of a release, and nothing that
// is half a file.
func wantWhole(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	if missing := wantNoneAltered(t, dir, files); missing != 0 {
		t.Errorf("%d files are missing", missing)
	}
}

// wantNoneAltered holds that what is there under its name is whole, and counts
// what is not there.
func wantNoneAltered(t testing.TB, dir string, files map[string][]byte) (missing int) {
	t.Helper()
	for key, body := range files {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(key)))
		switch {
		case os.IsNotExist(err):
			missing++
		case err != nil:
			t.Fatal(err)
		case string(got) != string(body):
			t.Errorf("%s is altered: %d bytes of %d", key, len(got), len(body))
		}
	}
	return missing
}

func exists(dir, key string) bool {
	_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(key)))
	return err == nil
}

func outcome(r *Result, key string) Outcome {
	for _, o := range r.Objects {
		if o.Key == key {
			return o
		}
	}
	return Outcome{}
}

func reasons(r *Result) string {
	var all []string
	for _, o := range r.Objects {
		all = append(all, o.Reason)
	}
	return strings.Join(all, "\n")
}

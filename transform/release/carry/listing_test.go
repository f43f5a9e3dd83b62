package carry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// TestBucketThatCannotBeListed is the vendor's: what is not there answers 403,
// and each object is looked up by itself.
func TestBucketThatCannotBeListed(t *testing.T) {
	files := fixture()
	delete(files, version+"/proxy_panther.yml")
	delete(files, version+"/tools/linux-amd64.zip")
	us := s3test.Start(t, s3test.Options{})
	us.Fill(t, vendor, files)
	denied := func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("list-type") == "" {
			return false
		}
		s3test.Refuse(w, http.StatusForbidden, "AccessDenied", "Access Denied")
		return true
	}
	missing := func(r *http.Response) error {
		if r.StatusCode == http.StatusNotFound {
			const body = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
			r.StatusCode, r.Body, r.ContentLength = http.StatusForbidden, io.NopCloser(strings.NewReader(body)), int64(len(body))
			r.Header.Set("Content-Length", strconv.Itoa(len(body)))
		}
		return nil
	}
	dir := t.TempDir()
	r := run(t, job(t, bucket(t, us, s3test.Proxy(t, us, denied, missing), vendor), folder(t, dir)))
	if r.ExitCode != 0 || len(r.Warnings) != 2 {
		t.Errorf("exit %d, %q: %s", r.ExitCode, r.Warnings, reasons(r))
	}
	wantWhole(t, dir, files)
}

// TestIndexLooksUpWhatIsNotListed asks for more keys than are known.
func TestIndexLooksUpWhatIsNotListed(t *testing.T) {
	store := memoryStore{"a": []byte("1"), "b": []byte("2")}
	x := &index{side: inMemory(store), known: map[string]lookup{}}
	for range 2 {
		if err := x.find(context.Background(), []string{"a", "b", "c", "a", "b", "c"}); err != nil {
			t.Fatal(err)
		}
	}
	if o, err := x.get("b"); err != nil || o.Size != 1 {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := x.get("c"); !errors.Is(err, s3copy.ErrNotFound) {
		t.Error("what is not there is found")
	}
}

// TestATemplateReplacedMeanwhileIsNotCarried replaces the entry template between
// the listing and the reading of it, in both orders. The new one refers to an
// object that is not there.
func TestATemplateReplacedMeanwhileIsNotCarried(t *testing.T) {
	for _, readFirst := range []bool{false, true} {
		files := fixture()
		us := s3test.Start(t, s3test.Options{})
		us.Bucket(t, vendor)
		us.Put(t, vendor, files)
		other := string(files[entry]) + "  More: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://" + vendor + "/" + strings.Repeat("f", 40) + "}}\n"
		isEntry := func(r *http.Request) bool {
			return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, entry) && r.URL.Query().Get("list-type") == ""
		}
		replaced := make(chan struct{})
		wait := func(_ http.ResponseWriter, r *http.Request) bool {
			if isEntry(r) != readFirst && (isEntry(r) || r.URL.Query().Get("list-type") != "") {
				<-replaced
			}
			return false
		}
		var once sync.Once
		replace := func(r *http.Response) error {
			if isEntry(r.Request) == readFirst && (readFirst || r.Request.URL.Query().Get("list-type") != "") {
				// The body is at the proxy, as it was before.
				body, err := io.ReadAll(r.Body)
				if err != nil {
					return err
				}
				r.Body = io.NopCloser(bytes.NewReader(body))
				once.Do(func() {
					us.Put(t, vendor, map[string][]byte{entry: []byte(other)})
					close(replaced)
				})
			}
			return nil
		}
		dir := t.TempDir()
		j := job(t, bucket(t, us, s3test.Proxy(t, us, wait, replace), vendor), folder(t, dir))
		j.Rewrite = func(Templates) (Rewriting, error) {
			t.Error("what was replaced is transformed")
			return Rewriting{}, nil
		}
		r := run(t, j)
		if problems := strings.Join(r.Problems, "; "); r.ExitCode != 1 || !strings.Contains(problems, entry+" was replaced") {
			t.Errorf("read first %v: exit %d, %q, %s", readFirst, r.ExitCode, r.Problems, reasons(r))
		}
		if found, err := os.ReadDir(dir); err != nil || len(found) > 0 {
			t.Errorf("read first %v: %v was written, %v", readFirst, found, err)
		}
	}
}

// TestAFileReplacedDuringTheUploadIsNotUploaded changes the entry template of a
// folder without a manifest while the assets are on their way.
func TestAFileReplacedDuringTheUploadIsNotUploaded(t *testing.T) {
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	root := cn.Bucket(t, "china")
	var once sync.Once
	change := func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			once.Do(func() {
				if err := os.WriteFile(filepath.Join(dir, entry), append(files[entry], "# another\n"...), 0o644); err != nil {
					t.Error(err)
				}
			})
		}
		return false
	}
	r := run(t, job(t, folder(t, dir), bucket(t, cn, s3test.Proxy(t, cn, change, nil), "china")))
	if r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, root, files)
	if r := verify(t, bucket(t, cn, "", "china")); r.ExitCode != 0 {
		t.Error(reasons(r))
	}
}

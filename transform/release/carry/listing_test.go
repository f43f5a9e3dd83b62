package carry

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/s3copy"
	"github.com/panther-preflight/panther-preflight/transform/s3copy/s3test"
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

// TestATemplateReplacedMeanwhileIsNotCarried replaces the entry template
// between the listing and the reading of it.
func TestATemplateReplacedMeanwhileIsNotCarried(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	us.Bucket(t, vendor)
	us.Put(t, vendor, files)
	listed := make(chan struct{})
	wait := func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, entry) {
			<-listed
		}
		return false
	}
	var once sync.Once
	replace := func(r *http.Response) error {
		if r.Request.URL.Query().Get("list-type") != "" {
			once.Do(func() {
				other := append([]byte{}, files[entry]...)
				other[len(other)-1] = ' '
				us.Put(t, vendor, map[string][]byte{entry: other})
				close(listed)
			})
		}
		return nil
	}
	dir := t.TempDir()
	r := run(t, job(t, bucket(t, us, s3test.Proxy(t, us, wait, replace), vendor), folder(t, dir)))
	if r.ExitCode != 1 || !strings.Contains(reasons(r), s3copy.ErrChanged.Error()) {
		t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	if _, err := os.Stat(filepath.Join(dir, entry)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the entry template is there: %v", err)
	}
}

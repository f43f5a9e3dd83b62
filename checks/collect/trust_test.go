package collect_test

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

// wire stands in for the network: it notes who was asked, and with what.
type wire struct {
	mu     sync.Mutex
	asked  []string // host and path of every request for an object
	signed bool     // one of them
	answer func(host string) (status int, body string, header http.Header)
	// answerPath answers by the path of the request.
	answerPath func(path string) (status int, body string)
}

func (w *wire) Do(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	status, body, header := http.StatusOK, "Resources: {}", http.Header(nil)
	if r.URL.Path == "/" || r.URL.Path == "" {
		body = `<ListAllMyBucketsResult><Buckets><Bucket><Name>mine</Name><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`
	} else {
		w.asked = append(w.asked, r.URL.Scheme+"://"+r.URL.Host+r.URL.Path)
		for _, name := range []string{"Authorization", "X-Amz-Security-Token"} {
			w.signed = w.signed || r.Header.Get(name) != ""
		}
		if w.answerPath != nil {
			status, body = w.answerPath(r.URL.Path)
		}
		if w.answer != nil {
			status, body, header = w.answer(r.URL.Host)
		}
	}
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}, nil
}

const entryURL = "https://entry.s3.us-east-1.amazonaws.com/v1.31.1/panther.yml"

// fetched reads a nested template of a release whose entry template is at
// entryURL.
func fetched(t *testing.T, w *wire, region, url string) error {
	t.Helper()
	f := &checks.Facts{Run: checks.Run{
		Region: region, TemplateURL: entryURL, Location: checks.Location{Scheme: "https", Bucket: "entry", Key: "v1.31.1/panther.yml"},
	}}
	c := collect.New(collect.Options{
		Config: aws.Config{
			Region: region, HTTPClient: w, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "example", "token"),
			Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		},
		Scope: collect.Scope{Publishers: []string{"panther-enterprise-us-east-1"}},
	}, f)
	_, err := c.Fetch(t.Context(), url)
	return err
}

func TestWhoseBucketsAreReadWithCredentials(t *testing.T) {
	for url, signed := range map[string]bool{
		entryURL:                             true,
		"https://entry.s3.amazonaws.com/abc": true,
		"https://s3.us-east-1.amazonaws.com/entry/abc":           true,
		"https://s3.dualstack.us-east-1.amazonaws.com/entry/abc": true,
		"https://entry.s3-fips.us-east-1.amazonaws.com/abc":      true,
		"s3://entry/abc": true,
		"https://panther-enterprise-us-east-1.s3.amazonaws.com/k": true,
		"https://mine.s3.us-east-1.amazonaws.com/k":               true,
		"s3://mine/k": true,

		"https://other.s3.us-east-1.amazonaws.com/k":           false,
		"https://s3.us-east-1.amazonaws.com/other/k":           false,
		"https://s3.dualstack.us-east-1.amazonaws.com/other/k": false,
		"https://other.s3-fips.us-east-1.amazonaws.com/k":      false,
		"s3://other/k":                      false,
		"https://entry2.s3.amazonaws.com/k": false,
		"https://ap-0123456789-s3alias.s3.us-east-1.amazonaws.com/k":       false,
		"https://ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com/k": false,
		// A region that nobody publishes in: whoever asks first has the name.
		"https://panther-enterprise-xx-east-1.s3.amazonaws.com/k": false,
		// The same names in the other partition are somebody else's.
		"https://entry.s3.cn-north-1.amazonaws.com.cn/k":        false,
		"https://s3.cn-north-1.amazonaws.com.cn/mine/k":         false,
		"https://entry.s3.us-gov-west-1.amazonaws.com/k":        false,
		"https://s3.us-east-1.amazonaws.com/entry/../other/k":   true, // a key of the entry's bucket, dots and all
		"https://other.s3.us-east-1.amazonaws.com/entry/mine/k": false,
	} {
		w := &wire{}
		if err := fetched(t, w, "us-east-1", url); err != nil {
			t.Errorf("%s: %v", url, err)
		}
		if len(w.asked) != 1 || w.signed != signed {
			t.Errorf("%s: asked %v, signed %v", url, w.asked, w.signed)
		}
	}
	for _, url := range []string{entryURL, "https://panther-enterprise-us-east-1.s3.us-east-1.amazonaws.com/k"} {
		w := &wire{}
		if err := fetched(t, w, "cn-north-1", url); err != nil || w.signed {
			t.Errorf("%s with credentials of AWS China: signed %v, %v", url, w.signed, err)
		}
	}
}

// TestWhatIsRefusedToAnybodyIsAGap: whether the deployment may read it is not
// known.
func TestWhatIsRefusedToAnybodyIsAGap(t *testing.T) {
	denied := &wire{answer: func(string) (int, string, http.Header) {
		return http.StatusForbidden, "<Error><Code>AccessDenied</Code></Error>", nil
	}}
	err := fetched(t, denied, "us-east-1", "s3://other/k")
	var unread *collect.UnreadError
	if !errors.As(err, &unread) || !unread.Open || unread.Action != "" || !strings.Contains(unread.Reason, "bucket other belongs neither") {
		t.Errorf("%+v", err)
	}
	err = fetched(t, denied, "us-east-1", "s3://entry/k")
	if !errors.As(err, &unread) || unread.Open || unread.Action != "s3:GetObject" || unread.Reason != failure.AccessDenied {
		t.Errorf("with credentials: %+v", err)
	}
	missing := &wire{answer: func(string) (int, string, http.Header) {
		return http.StatusNotFound, "<Error><Code>NoSuchKey</Code></Error>", nil
	}}
	if err := fetched(t, missing, "us-east-1", "s3://other/k"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
}

// TestARegionOfAnotherPartitionIsAskedWithout has the entry's bucket say that it
// is elsewhere.
func TestARegionOfAnotherPartitionIsAskedWithout(t *testing.T) {
	for region, signed := range map[string]bool{"eu-west-1": true, "cn-north-1": false, "us-gov-west-1": false} {
		w := &wire{}
		second := false
		w.answer = func(host string) (int, string, http.Header) {
			if strings.Contains(host, region) {
				second = w.signed
				return http.StatusOK, "Resources: {}", nil
			}
			w.signed = false
			return http.StatusMovedPermanently, "<Error><Code>PermanentRedirect</Code></Error>", http.Header{"X-Amz-Bucket-Region": {region}}
		}
		if err := fetched(t, w, "us-east-1", "s3://entry/k"); err != nil || len(w.asked) != 2 || second != signed {
			t.Errorf("%s: asked %v, signed %v, %v", region, w.asked, second, err)
		}
	}
}

// TestWhatATemplateMayNotHaveAskedFor names places that are not asked at all.
func TestWhatATemplateMayNotHaveAskedFor(t *testing.T) {
	for _, url := range []string{
		"http://entry.s3.us-east-1.amazonaws.com/k", "http://127.0.0.1:8080/k", "https://internal.example.com/k", "https://169.254.169.254/latest/meta-data",
		"ftp://entry.s3.amazonaws.com/k", "file:///etc/passwd", "data:text/plain,x", "s3+http://entry/k", "https://entry.s3.us-east-1.amazonaws.com.example.org/k", "https://%zz/",
	} {
		w := &wire{}
		var unread *collect.UnreadError
		if err := fetched(t, w, "us-east-1", url); !errors.As(err, &unread) || !unread.Open || len(w.asked) > 0 {
			t.Errorf("%s: asked %v, %v", url, w.asked, err)
		}
	}
}

// TestAssetsOfForeignBucketsAreNotAskedFor: in China the assets of the release
// are looked at; a template must not send the caller's signature elsewhere.
func TestAssetsOfForeignBucketsAreNotAskedFor(t *testing.T) {
	w := &wire{}
	f := &checks.Facts{
		Run: checks.Run{Region: "cn-north-1", Partition: "aws-cn", TemplateURL: "s3://entry/v1/panther.yml", Location: checks.Location{Scheme: "s3", Bucket: "entry", Key: "v1/panther.yml"}},
		Release: checks.Release{Assets: []checks.Asset{
			{Text: "s3://entry/a", Bucket: "entry", Key: "a", Kind: "code"}, {Text: "s3://mine/b", Bucket: "mine", Key: "b", Kind: "code"},
			{Text: "s3://other/c", Bucket: "other", Key: "c", Kind: "code"},
		}},
	}
	c := collect.New(collect.Options{
		Config: aws.Config{
			Region: "cn-north-1", HTTPClient: w, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "example", "token"),
			Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		},
		Needs: []string{"objects", "buckets", "bucket_access"},
	}, f)
	if err := c.ReadRest(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, asked := range w.asked {
		if strings.Contains(asked, "other") {
			t.Errorf("asked %s", asked)
		}
	}
	if !w.signed || len(f.Objects) != 3 {
		t.Errorf("signed %v, objects %+v", w.signed, f.Objects)
	}
	for _, fact := range []string{"objects[other]", "buckets[other]", "bucket_access[other]"} {
		if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == fact }) {
			t.Errorf("no gap %s in %+v", fact, f.Gaps)
		}
	}
}

// TestAReleaseOwesWhatItNamesInItsOwnBuckets: what the release names in the
// bucket that its manifest records, or in one of the vendor's, is missing where
// the bucket that it is deployed from does not hold it. Nobody else is asked.
func TestAReleaseOwesWhatItNamesInItsOwnBuckets(t *testing.T) {
	w := &wire{answerPath: func(path string) (int, string) {
		switch {
		case strings.HasSuffix(path, "/v1/manifest.json"):
			return http.StatusOK, `{"bucket": "staging"}`
		case strings.HasSuffix(path, "gone"):
			return http.StatusNotFound, ""
		}
		return http.StatusOK, ""
	}}
	f := &checks.Facts{
		Run: checks.Run{Region: "cn-north-1", Partition: "aws-cn", TemplateURL: "s3://entry/v1/panther.yml", Location: checks.Location{Scheme: "s3", Bucket: "entry", Key: "v1/panther.yml"}},
		Release: checks.Release{Assets: []checks.Asset{
			{Text: "s3://entry/a", Bucket: "entry", Key: "a", Kind: "code"},
			{Text: "s3://staging/b", Bucket: "staging", Key: "b", Kind: "code"}, {Text: "s3://staging/b-gone", Bucket: "staging", Key: "b-gone", Kind: "code"},
			{Text: "s3://panther-enterprise-xx-east-1/v-gone", Bucket: "panther-enterprise-xx-east-1", Key: "v-gone", Kind: "template"},
			{Text: "s3://other/c-gone", Bucket: "other", Key: "c-gone", Kind: "code"},
		}},
	}
	c := collect.New(collect.Options{
		Config: aws.Config{
			Region: "cn-north-1", HTTPClient: w, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "example", "token"),
			Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		},
		Needs: []string{"objects"}, Scope: collect.Scope{VendorBuckets: []string{"panther-enterprise-<region>"}},
	}, f)
	if err := c.ReadRest(t.Context()); err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, o := range f.Objects {
		if o.State == checks.StateMissing {
			missing = append(missing, o.Bucket+"/"+o.Key)
		}
	}
	slices.Sort(missing)
	if want := []string{"entry/b-gone", "entry/v-gone"}; !slices.Equal(missing, want) {
		t.Errorf("missing %v instead of %v", missing, want)
	}
	for _, asked := range w.asked {
		if !strings.Contains(asked, "entry") {
			t.Errorf("asked %s", asked)
		}
	}
	for _, fact := range []string{"objects[staging]", "objects[panther-enterprise-xx-east-1]", "objects[other]"} {
		if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == fact }) {
			t.Errorf("no gap %s in %+v", fact, f.Gaps)
		}
	}
}

package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

func pageWithout(t *testing.T, r *checks.Report, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePageLeavesOutWhatIsNotKnown(t *testing.T) {
	page := pageWithout(t, ready(), report.Options{})
	for _, absent := range []string{`id="causes"`, `id="stacks"`, `id="organization"`, `id="waivers"`, `id="gaps"`, "<pre", "ZgotmplZ"} {
		if strings.Contains(page, absent) {
			t.Errorf("%q stands in a page that has nothing of it", absent)
		}
	}
	// Where nothing else is to be seen, what passed is shown at once.
	if !strings.Contains(page, "READY") || !strings.Contains(page, `value="passed" checked`) {
		t.Error("the page of a ready report does not say so")
	}
}

func TestThePageNeedsNoNetwork(t *testing.T) {
	page := string(render(t, "html", report.Options{Details: details()}))
	for _, loads := range []string{" src=", "<link", "@import", "url(", "<img", "<iframe", "fetch(", "XMLHttpRequest", "unsafe-inline", "style=\""} {
		if strings.Contains(strings.Split(page, "<main>")[0], loads) {
			t.Errorf("the head of the page has %q", loads)
		}
	}
	if !strings.Contains(page, "content=\"default-src &#39;none&#39;;") {
		t.Error("the page has no content policy")
	}
}

func TestOfflineThePageSaysWhatDidNotRun(t *testing.T) {
	if page := pageWithout(t, everything(), report.Options{Offline: true}); !strings.Contains(page, "Offline: 1 check did not run.") {
		t.Error("a blocked page does not")
	}
	if page := pageWithout(t, ready(), report.Options{Offline: true}); strings.Contains(page, "READY") || !strings.Contains(page, "NOTHING BLOCKING FOUND OFFLINE") {
		t.Error("an offline page says ready")
	}
}

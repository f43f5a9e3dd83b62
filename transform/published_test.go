package transform_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform"
	"github.com/panther-preflight/panther-preflight/transform/tree"
)

var withLint = flag.Bool("lint", false, "hold the result against cfn-lint, which takes a minute")

var shared = filepath.Join("..", "..", "shared")

// publish builds a published release of the real templates.
func publish(t *testing.T, layout string) string {
	t.Helper()
	tool, err := filepath.Abs(filepath.Join(shared, "tools", "make-release"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tool); err != nil {
		t.Skip("the tool that builds a release is not here:", err)
	}
	out := t.TempDir()
	if text, err := exec.Command(tool, filepath.Join(shared, "corpus", "panther-community"), out, "--layout", layout, "--asset-kib", "1").CombinedOutput(); err != nil {
		t.Skipf("a release cannot be built here: %v: %s", err, text)
	}
	return out
}

func TestPublishedRelease(t *testing.T) {
	for _, layout := range []string{"sha1", "sam"} {
		dir := publish(t, layout)
		for _, region := range []string{"cn-north-1", "cn-northwest-1"} {
			t.Run(layout+"/"+region, func(t *testing.T) { checkPublished(t, dir, region) })
		}
	}
}

func checkPublished(t *testing.T, dir, region string) {
	release, err := tree.Read(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	if release.Entry != "v1.16.0/panther.yml" || release.Layout != transform.Published || len(release.Files) != 13 {
		t.Fatalf("entry %s, layout %d, %d templates", release.Entry, release.Layout, len(release.Files))
	}
	r, err := transform.Run(release, transform.Options{Region: region, Bucket: "acme-panther", ECRRegistry: "111122223333.dkr.ecr." + region + ".amazonaws.com.cn"})
	if err != nil || r.Error != nil {
		t.Fatal(err, r.Error)
	}
	if len(r.Removed) != 98 {
		t.Errorf("%d resources removed", len(r.Removed))
	}
	keys := map[string]bool{}
	for _, out := range r.Templates {
		keys[out.To] = true
		sum := sha1.Sum(out.Body)
		changed := !bytes.Equal(out.Before, out.Body)
		switch {
		case out.From == release.Entry:
			if out.To != out.From {
				t.Errorf("the entry template became %s", out.To)
			}
		case changed && out.To != hex.EncodeToString(sum[:]):
			t.Errorf("%s changed and became %s", out.From, out.To)
		case !changed && out.To != out.From:
			t.Errorf("%s did not change and became %s", out.From, out.To)
		}
	}
	for _, out := range r.Templates {
		checkReferences(t, out, keys, release.Present, region)
	}
	for _, f := range r.Findings {
		if f.Severity == "error" {
			t.Errorf("left: %+v", f)
		}
	}
}

// checkReferences follows every reference of a template of the result.
func checkReferences(t *testing.T, out transform.Template, keys map[string]bool, present func(string) bool, region string) {
	doc, err := cfn.Parse(out.To, out.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range transform.NestedURLs(doc) {
		loc, ok := s3url.Parse(url)
		if !ok || loc.Bucket != "acme-panther" || !keys[loc.Key] || !strings.HasPrefix(url, "https://acme-panther.s3."+region+".amazonaws.com.cn/") {
			t.Errorf("%s nests %s, which is not in the result", out.To, url)
		}
	}
	for _, m := range regexp.MustCompile(`s3://([^/\s]+)/(\S+)`).FindAllStringSubmatch(string(out.Body), -1) {
		if strings.Contains(m[1], "$") {
			continue
		}
		if m[1] != "acme-panther" || !present(m[2]) {
			t.Errorf("%s refers to %s", out.To, m[0])
		}
	}
	if strings.Contains(string(out.Body), "panther-community-us-east-1") || strings.Contains(string(out.Body), "dkr.ecr.us-east-1") {
		t.Errorf("%s still refers to the vendor", out.To)
	}
}

// TestLint holds the result against an independent linter: no error in China
// that the original does not have at home.
func TestLint(t *testing.T) {
	lint, err := exec.LookPath("cfn-lint")
	if err != nil || !*withLint && os.Getenv("PREFLIGHT_REQUIRE_E2E") != "1" {
		t.Skip("cfn-lint is not installed, or -lint is not given")
	}
	source := filepath.Join(shared, "corpus", "panther-community")
	if _, err := os.Stat(source); err != nil {
		t.Skip("the real release is not here:", err)
	}
	home := lintErrors(t, lint, source, "us-east-1")
	for _, region := range []string{"cn-north-1", "cn-northwest-1"} {
		release, err := tree.Read(t.Context(), source, "")
		if err != nil {
			t.Fatal(err)
		}
		r, err := transform.Run(release, transform.Options{Region: region, Bucket: "acme-panther"})
		if err != nil || r.Error != nil {
			t.Fatal(err, r.Error)
		}
		out := filepath.Join(t.TempDir(), "out")
		if err := tree.Write(out, r); err != nil {
			t.Fatal(err)
		}
		for found, n := range lintErrors(t, lint, out, region) {
			if n > home[found] {
				t.Errorf("%s: %d times %s, %d at home", region, n, found, home[found])
			}
		}
	}
}

// lintErrors counts errors by file and rule.
func lintErrors(t *testing.T, lint, dir, region string) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(files)
	args := []string{"--regions", region, "--format", "parseable"}
	for _, f := range files {
		if filepath.Base(f) != "panther_config.yml" {
			args = append(args, f)
		}
	}
	text, _ := exec.Command(lint, args...).Output() // its exit code counts findings
	counts := map[string]int{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(line, ":")
		if len(fields) > 6 && strings.HasPrefix(fields[5], "E") {
			counts[filepath.Base(fields[0])+" "+fields[5]]++
		}
	}
	return counts
}

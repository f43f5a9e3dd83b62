package packaging_test

import (
	"html"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const siteBase = "/panther-preflight/"

// buildSite builds the site from a copy of what it is made of, so that the
// checkout stays as it is.
func buildSite(t *testing.T) string {
	t.Helper()
	needed(t, "git", "npm")
	if _, err := os.Stat(filepath.Join(root, "site/node_modules")); err != nil && os.Getenv("PREFLIGHT_REQUIRE_E2E") == "" {
		t.Skip("SKIP(site): the generator is not installed; make site does it")
	}
	out, err := exec.Command("git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			continue // removed, and not committed yet
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"ci", "--ignore-scripts", "--no-audit", "--no-fund"}, {"run", "build"}} {
		cmd := exec.Command("npm", append([]string{"--prefix", "site"}, args...)...)
		cmd.Dir, cmd.Env = folder, os.Environ()
		if code, out := run(t, cmd); code != 0 {
			t.Fatalf("npm %v: exit %d: %s", args, code, out)
		}
	}
	return filepath.Join(folder, "dist-site")
}

// sources are the Markdown files that the site is made of.
func sources(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/checks/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

var (
	hrefs = regexp.MustCompile(`(?:href|src|srcset)="([^"]+)"`)
	ids   = regexp.MustCompile(` id="([^"]+)"`)
	h1    = regexp.MustCompile(`(?s)<h1[^>]*>(.*?)</h1>`)
	tags  = regexp.MustCompile(`<[^>]*>`)
	title = regexp.MustCompile(`(?m)^# (.*)$`)
)

// TestTheSiteHasEveryPage builds it, looks for the page of every Markdown file
// under its title, and follows each link inside the site to its heading.
func TestTheSiteHasEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the site")
	}
	folder := buildSite(t)
	built := readSite(t, folder)
	for _, page := range sources(t) {
		name, err := filepath.Rel(root, page)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name = strings.Replace(filepath.ToSlash(name), "README.md", "index.md", 1)
		content, err := os.ReadFile(filepath.Join(folder, strings.TrimSuffix(name, ".md")+".html"))
		if err != nil {
			t.Error(err)
			continue
		}
		want := strings.ReplaceAll(title.FindStringSubmatch(string(text))[1], "`", "")
		shown := h1.FindStringSubmatch(string(content))
		if shown == nil || !strings.Contains(html.UnescapeString(tags.ReplaceAllString(shown[1], "")), want) {
			t.Errorf("%s: the title is %q, want %q", name, shown, want)
		}
	}
	followed := 0
	for name := range built {
		if !strings.HasSuffix(name, ".html") || name == "404.html" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range hrefs.FindAllStringSubmatch(string(text), -1) {
			followed++
			if fault := built.follow(name, html.UnescapeString(m[1])); fault != "" {
				t.Errorf("%s: %s %s", name, m[1], fault)
			}
		}
	}
	if followed < 1000 {
		t.Errorf("%d links", followed)
	}
}

// site is the built site by file, with the ids of each.
type site map[string]map[string]bool

func readSite(t *testing.T, folder string) site {
	t.Helper()
	built := site{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		built[name] = map[string]bool{}
		text, err := os.ReadFile(filepath.Join(folder, name))
		if strings.HasSuffix(name, ".html") {
			for _, m := range ids.FindAllStringSubmatch(string(text), -1) {
				built[name][html.UnescapeString(m[1])] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// follow says what is wrong with a link of a page, where it leads inside the site.
func (s site) follow(page, link string) string {
	to, err := url.Parse(link)
	if err != nil {
		return err.Error()
	}
	if to.Scheme != "" || to.Host != "" {
		return ""
	}
	file, absolute := strings.CutPrefix(to.Path, siteBase)
	switch {
	case to.Path == "":
		file = page
	case !absolute:
		file = path.Join(path.Dir(page), to.Path)
	}
	if file == "" || strings.HasSuffix(to.Path, "/") {
		file = path.Join(file, "index.html")
	}
	headings, built := s[file]
	if !built {
		return "leads nowhere"
	}
	if to.Fragment != "" && !headings[to.Fragment] {
		return "has no such heading"
	}
	return ""
}

// TestTheREADMEShowsThePicture demands both of its files, which make picture draws.
func TestTheREADMEShowsThePicture(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n## ")
	shown := hrefs.FindAllStringSubmatch(first, -1)
	if len(shown) != 2 || !strings.Contains(first, "(prefers-color-scheme: dark)") {
		t.Fatalf("%q", shown)
	}
	for _, m := range shown {
		picture, err := os.ReadFile(filepath.Join(root, m[1]))
		if err != nil || !strings.HasPrefix(string(picture), "\x89PNG") {
			t.Errorf("%s: %v", m[1], err)
		}
	}
}

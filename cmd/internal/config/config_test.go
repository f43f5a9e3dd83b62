package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// tree writes files below a new folder; a text that begins with -> is a link.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if to, link := strings.CutPrefix(text, "->"); link {
			if err := os.Symlink(to, file); err != nil {
				t.Skipf("no links here: %v", err)
			}
			continue
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func read(t *testing.T, folder, text string) (*config.Configuration, error) {
	t.Helper()
	source, found, err := config.Find(folder)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return config.Read(source, []byte(text), config.Options{Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
}

func TestWhereAConfigurationIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		in    string
		want  string
	}{
		"here":                       {map[string]string{".panther-preflight.yml": ""}, ".", ".panther-preflight.yml"},
		"above, in no repository":    {map[string]string{".panther-preflight.yml": "", "a/b/x": ""}, "a/b", ""},
		"at the root of one":         {map[string]string{".panther-preflight.yml": "", "a/b/x": "", ".git/HEAD": ""}, "a/b", "../../.panther-preflight.yml"},
		"the nearest":                {map[string]string{".panther-preflight.yml": "", "a/.panther-preflight.yml": "", "a/b/x": "", ".git/HEAD": ""}, "a/b", "../.panther-preflight.yml"},
		"above the repository":       {map[string]string{".panther-preflight.yml": "", "a/.git/HEAD": "", "a/b/x": ""}, "a/b", ""},
		"a worktree, .git is a file": {map[string]string{".panther-preflight.yml": "", "a/.git": "gitdir: x", "a/b/x": ""}, "a/b", ""},
		"a link inside":              {map[string]string{".panther-preflight.yml": "->ci/preflight.yml", "ci/preflight.yml": "", ".git/HEAD": ""}, ".", ".panther-preflight.yml"},
		"a link to the folder":       {map[string]string{"real/.panther-preflight.yml": "", "real/.git/HEAD": "", "real/a/x": "", "seen": "->real/a"}, "seen", "../.panther-preflight.yml"},
	} {
		t.Run(name, func(t *testing.T) {
			source, found, err := config.Find(filepath.Join(tree(t, c.files), c.in))
			if err != nil || found != (c.want != "") || found && (source.Name != c.want || !source.Found) {
				t.Errorf("%+v %v %v, want %q", source, found, err, c.want)
			}
		})
	}
}

func TestWhatIsNoConfiguration(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a link out":          {map[string]string{"repo/.git/HEAD": "", "repo/.panther-preflight.yml": "->../secret", "secret": ""}, "is outside the repository"},
		"a link to nothing":   {map[string]string{"repo/.git/HEAD": "", "repo/.panther-preflight.yml": "->../missing"}, "is a link that leads nowhere"},
		"a folder":            {map[string]string{"repo/.panther-preflight.yml/x": ""}, "is not a file"},
		"a circle":            {map[string]string{"repo/.panther-preflight.yml": "->.panther-preflight.yml"}, "cannot be followed"},
		"a device":            {map[string]string{"repo/.panther-preflight.yml": "->/dev/zero"}, "is outside the repository"},
		"a path through /etc": {map[string]string{"repo/.panther-preflight.yml": "->/etc/passwd"}, "is outside the repository"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := config.Find(filepath.Join(tree(t, c.files), "repo"))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), ".panther-preflight.yml") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// repo is a repository with links of every kind, seen from deploy/.
var repo = map[string]string{
	"repo/.git/HEAD": "", "repo/.panther-preflight.yml": "", "repo/root.yml": "", "repo/deploy/x": "",
	"repo/levels/0/a.json": "{}", "repo/levels/0/b.json": "->../../shared.json", "repo/shared.json": "{}",
	"repo/out": "->../outside", "repo/pol/deep/er/x.rego": "->../../../../outside/x.rego",
	"repo/hop/dir": "->../hidden", "repo/hidden/x": "->/etc/passwd", "repo/rel/root.yml": "->../../outside/root.yml",
	"repo/assets/root.yml": "", "repo/assets/deep/x": "->../../../outside/x.rego", "repo/dangling": "->../later",
	"repo/in": "->levels", "repo/credentials": "->.git/HEAD", "repo/up": "->deploy", "outside/x.rego": "", "outside/root.yml": "",
	"repo/infra/.git/config": "", "repo/infra/root.yml": "", "repo/other/.Git/config": "",
}

func TestPathsOfAFoundConfiguration(t *testing.T) {
	folder := tree(t, repo)
	absolute := filepath.ToSlash(filepath.Join(folder, "repo", "root.yml"))
	for name, c := range map[string]struct{ key, value, want, fails string }{
		"from its folder":               {"parameters", "root.yml", "../root.yml", ""},
		"in the working folder":         {"parameters", "./deploy/x", "x", ""},
		"what is missing":               {"parameters", "none/p.yml", "../none/p.yml", ""},
		"nothing":                       {"parameters", "''", "", ""},
		"absolute, inside":              {"parameters", absolute, filepath.FromSlash(absolute), ""},
		"the repository itself":         {"scp-dir", ".", "", "credentials|hop/dir|hidden/x|out|pol/deep/er/x.rego|rel/root.yml|assets/deep/x|dangling"},
		"a folder with a link inside":   {"scp-dir", "levels", "../levels", ""},
		"a link to a folder inside":     {"scp-dir", "in", "../in", ""},
		"above":                         {"parameters", "../outside/root.yml", "", `"../outside/root.yml" is outside the repository`},
		"above and back":                {"parameters", "../repo/root.yml", "../root.yml", ""},
		"absolute, outside":             {"parameters", "/etc/passwd", "", `"/etc/passwd" is outside the repository`},
		"a device":                      {"parameters", "/dev/zero", "", "outside"},
		"a link out":                    {"policy", "[out]", "", `"out" is outside`},
		"behind a link out":             {"parameters", "out/root.yml", "", "outside"},
		"missing, behind a link out":    {"parameters", "out/none.yml", "", "outside"},
		"a link out, deep in a folder":  {"policy", "[levels, pol]", "", `"pol/deep/er/x.rego" is outside`},
		"a link out, behind one inside": {"deployment-role-policy", "[hop]", "", `"hidden/x" is outside`},
		"a link to nothing":             {"parameters", "dangling", "", "is a link that leads nowhere"},
		"dots after a link":             {"parameters", "up/../root.yml", "../root.yml", ""},
		"a template":                    {"template", "root.yml", "../root.yml", ""},
		"a template's folder":           {"template", "rel", "", `"rel/root.yml" is outside`},
		"what a template may nest":      {"template", "assets", "../assets", ""},
		"the same as a release":         {"release-dir", "assets", "", `"assets/deep/x" is outside`},
		"what git keeps":                {"parameters", ".git/HEAD", "", `".git/HEAD" is outside the repository`},
		"a link to what git keeps":      {"parameters", "credentials", "", "outside the repository"},
		"what git keeps further below":  {"parameters", "infra/.git/config", "", `"infra/.git/config" is outside the repository`},
		"beside that":                   {"parameters", "infra/root.yml", "../infra/root.yml", ""},
		"what git keeps, in capitals":   {"parameters", "other/.Git/config", "", "is outside the repository"},
		"https":                         {"template", "https://b.s3.amazonaws.com/v1.31.1/panther.yml", "https://b.s3.amazonaws.com/v1.31.1/panther.yml", ""},
		"s3":                            {"template", "S3://b/k.yml", "S3://b/k.yml", ""},
		"http":                          {"template", "http://b/k.yml", "", "http:// is neither https:// nor s3://"},
		"file":                          {"template", "file:///etc/passwd", "", "file:// is neither"},
		"a URL where a file belongs":    {"parameters", "https://b/p.yml", "../https:/b/p.yml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(t, filepath.Join(folder, "repo", "deploy"), "region: us-east-1\n"+c.key+": "+c.value+"\n")
			if c.fails == "" {
				if err != nil || filepath.ToSlash(got.Settings[1].Values[0]) != filepath.ToSlash(c.want) {
					t.Errorf("%v %+v, want %q", err, got, c.want)
				}
				return
			}
			said := false
			for want := range strings.SplitSeq(c.fails, "|") {
				said = said || err != nil && strings.Contains(err.Error(), want)
			}
			if !said || !strings.HasPrefix(err.Error(), "../.panther-preflight.yml:2:") || !strings.Contains(err.Error(), ": "+c.key+": ") {
				t.Errorf("%v, want %q", err, c.fails)
			}
		})
	}
}

func TestPathsOfANamedConfigurationAreTheOperators(t *testing.T) {
	c, err := config.Read(config.Named("c.yml"), []byte("parameters: ../p.yml\ntemplate: /t.yml\nformat: json=r.json\n"), config.Options{})
	if err != nil || c.Settings[0].Values[0] != "../p.yml" || c.Settings[1].Values[0] != "/t.yml" || c.Settings[2].Values[0] != "json=r.json" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestNamesThatBecomeHostsAreNames(t *testing.T) {
	for value, good := range map[string]bool{
		"us-east-1": true, "cn-northwest-1": true, "''": true, "evil.example.com/": false, "us-east-1#": false, "US-EAST-1": false,
		"a@b": false, `"us-east-1\n"`: false, "us..east": false, "-x": false, "us east": false,
	} {
		_, err := config.Read(config.Named("c.yml"), []byte("region: "+value+"\n"), config.Options{})
		if (err == nil) != good {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("region: us-east-1\nenvironments: {a: {profile: x}}\n")
	f.Add("? [a]\n: b\n")
	f.Add("environments: &a {b: *a}\n")
	f.Add("<<: {yes: true}\n")
	f.Add("!!binary eWVz: true\n")
	folder := f.TempDir()
	if err := os.WriteFile(filepath.Join(folder, config.DefaultName), nil, 0o600); err != nil {
		f.Fatal(err)
	}
	source, _, err := config.Find(folder)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := config.Read(source, []byte(text), config.Options{})
		if err != nil {
			return
		}
		for _, s := range c.Settings {
			if k, known := config.Lookup(s.Key.Name); !known || k.Class != config.Found {
				t.Errorf("%q sets %s", text, s.Key.Name)
			}
		}
	})
}

package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repositoryOf is a repository with templates in one folder and parameters in
// another, and a template outside.
func repositoryOf(t *testing.T) (root, outside string) {
	t.Helper()
	base := t.TempDir()
	root, outside = filepath.Join(base, "repo"), filepath.Join(base, "elsewhere")
	const template = "Parameters:\n  Size:\n    Type: Number\nResources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: LogDeliveryWrite\n"
	for name, text := range map[string]string{
		filepath.Join(root, ".git", "HEAD"):                   "",
		filepath.Join(root, "deploy", "my release", "a.yml"):  template,
		filepath.Join(root, "deploy", "config", "params.yml"): "Size: large\n",
		filepath.Join(outside, "b.yml"):                       template,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root, outside
}

// locations are the distinct places of a SARIF report.
func locations(t *testing.T, text string) []string {
	t.Helper()
	var log struct {
		Runs []struct {
			Results []struct {
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct {
							URI  string `json:"uri"`
							Base string `json:"uriBaseId"`
						} `json:"artifactLocation"`
					} `json:"physicalLocation"`
				} `json:"locations"`
			} `json:"results"`
		} `json:"runs"`
	}
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err, text)
	}
	var all []string
	for _, r := range log.Runs[0].Results {
		for _, l := range r.Locations {
			at := l.PhysicalLocation.ArtifactLocation
			if !slices.Contains(all, at.URI) {
				all = append(all, at.URI)
			}
			if at.URI != "" && at.Base != "%SRCROOT%" {
				t.Errorf("%s is relative to %q", at.URI, at.Base)
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestLocationsAreFromTheRootOfTheRepository(t *testing.T) {
	root, outside := repositoryOf(t)
	for name, c := range map[string]struct {
		in, template, parameters, workspace string
		want                                string
	}{
		"from the root":                   {root, "deploy/my release/a.yml", "deploy/config/params.yml", "", "deploy/config/params.yml deploy/my%20release/a.yml"},
		"from a folder below":             {filepath.Join(root, "deploy"), "my release/a.yml", "config/params.yml", "", "deploy/config/params.yml deploy/my%20release/a.yml"},
		"by absolute names":               {root, filepath.Join(root, "deploy", "my release", "a.yml"), filepath.Join(root, "deploy", "config", "params.yml"), "", "deploy/config/params.yml deploy/my%20release/a.yml"},
		"in a workspace":                  {filepath.Join(root, "deploy"), "my release/a.yml", "config/params.yml", filepath.Join(root, "deploy"), "config/params.yml my%20release/a.yml"},
		"a workspace that is not here":    {root, "deploy/my release/a.yml", "deploy/config/params.yml", outside, "deploy/config/params.yml deploy/my%20release/a.yml"},
		"a template outside":              {root, filepath.Join(outside, "b.yml"), "deploy/config/params.yml", "", "b.yml deploy/config/params.yml"},
		"findings without a place at all": {root, "https://example.com/root.yml", "deploy/config/params.yml", "", "deploy/config/params.yml"},
		"a folder that is no repository":  {outside, "b.yml", filepath.Join(root, "deploy", "config", "params.yml"), "", "b.yml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(c.in)
			args := []string{"check", "--offline", "-f", "sarif", "--parameters", c.parameters, "--stack-name", "siem", "--region", "us-east-1", "--only", "PF-PRM-002,PF-TPL-004,PF-STK-001", "--template", c.template}
			_, stdout, stderr := run(t, map[string]string{"GITHUB_WORKSPACE": c.workspace}, args...)
			if got := strings.Join(locations(t, stdout), " "); got != c.want {
				t.Errorf("%q, want %q %s", got, c.want, stderr)
			}
		})
	}
}

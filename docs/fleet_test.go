package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

const fleetTemplate = "examples/fleet/step-functions.yml"

// TestTheFleetTemplateIsAccepted has cfn-lint and the product's own checks read
// the template that the page tells to deploy.
func TestTheFleetTemplateIsAccepted(t *testing.T) {
	code, out := shell(t, ".", "panther-preflight check --offline --template "+fleetTemplate+" --region us-east-1 --no-deployment-role"+
		" --stack-name panther-fleet --only PF-TPL,PF-PRM -p OrganizationId=o-a1b2c3d4e5 -p PreflightVersion=v1.0.0 -p PreflightSha256="+strings.Repeat("0", 64)+" --format short")
	if code != 0 {
		t.Errorf("our own checks refuse it: exit %d: %s", code, out)
	}
	lint, err := exec.LookPath("cfn-lint")
	if err != nil {
		t.Skip("cfn-lint is not installed")
	}
	if out, err := exec.Command(lint, fleetTemplate).CombinedOutput(); err != nil {
		t.Errorf("cfn-lint: %v\n%s", err, out)
	}
}

// TestTheFleetBuildsRun runs the commands of both builds as CodeBuild would, with
// the download and the bucket replaced by folders: one account is recorded, one
// is not, and the one that is not keeps the run from being green.
func TestTheFleetBuildsRun(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("jq is not installed")
	}
	bin := programs(t)
	folder := t.TempDir()
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example")), folder)
	write := func(name, text string, mode os.FileMode) {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	// aws copies between folders; what it is asked is kept.
	write("tools/aws", `#!/bin/sh
echo "aws $*" >>calls
set -- $(printf '%s\n' "$@" | sed -e 's,^s3://[^/]*/,bucket/,' | grep -v -e '^s3$' -e '^--')
mkdir -p "$(dirname "$3")"
[ "$1" = sync ] && { mkdir -p "$3"; cp -r "$2"/. "$3"/; exit; }
cp "$2" "$3"
`, 0o700)
	if err := os.Symlink(filepath.Join(bin, "panther-preflight"), filepath.Join(folder, "panther-preflight-linux-amd64")); err != nil {
		t.Fatal(err)
	}
	facts, err := os.ReadFile(filepath.Join(root, "cmd/internal/example/facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	write("bucket/facts/r1/111122223333-us-east-1.json", string(facts), 0o600)
	write("bucket/accounts.json", `[{"account":"111122223333","region":"us-east-1","stack":"panther"},{"account":"444455556666","region":"eu-west-1","stack":"panther"}]`, 0o600)
	env := []string{"PATH=" + filepath.Join(folder, "tools") + ":" + bin + ":" + os.Getenv("PATH"), "BUCKET=b", "RUN=r1"}
	code, out := shell(t, folder, strings.Join(buildCommands(t, "Judge"), "\n"), env...)
	report, err := os.ReadFile(filepath.Join(folder, "bucket/reports/r1/report.json"))
	if code != 2 || err != nil || !strings.Contains(out, "111122223333-us-east-1") || !strings.Contains(string(report), "444455556666-eu-west-1.json") {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	for _, project := range []string{"Collect", "Judge"} {
		for _, command := range buildCommands(t, project) {
			if strings.Contains(command, "panther-preflight-linux-amd64 ") {
				fleetCommandIsKnown(t, command)
			}
		}
	}
}

// fleetCommandIsKnown has the program read the flags of a command of the page.
func fleetCommandIsKnown(t *testing.T, command string) {
	t.Helper()
	_, command, _ = strings.Cut(command, "panther-preflight-linux-amd64")
	command, _, _ = strings.Cut(command, "||")
	if code, out := shell(t, ".", "panther-preflight"+command+" --help"); code != 0 {
		t.Errorf("%s: %s", command, out)
	}
}

// buildCommands are the commands of the build phase of a project.
func buildCommands(t *testing.T, project string) []string {
	t.Helper()
	text, err := os.ReadFile(fleetTemplate)
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Resources map[string]struct {
			Properties struct {
				Source struct {
					BuildSpec string `yaml:"BuildSpec"`
				} `yaml:"Source"`
			} `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(text, &template); err != nil {
		t.Fatal(err)
	}
	var spec struct {
		Phases struct{ Build struct{ Commands []string } }
	}
	if err := yaml.Unmarshal([]byte(template.Resources[project].Properties.Source.BuildSpec), &spec); err != nil {
		t.Fatal(err)
	}
	if len(spec.Phases.Build.Commands) == 0 {
		t.Fatalf("%s has no commands", project)
	}
	return spec.Phases.Build.Commands
}

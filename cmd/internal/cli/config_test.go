package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConfigurationValues(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code int
		says string
	}{
		"only comments":               {"# region: us-east-1\n\n", 0, ""},
		"nothing":                     {"", 0, ""},
		"waivers to be filled in":     {"waivers:\n#  - id: PF-SCP-002\n", 0, ""},
		"a null":                      {"stack-name: null\n", 2, "c.yml:1:13: stack-name: has no value"},
		"a key without value":         {"stack-name:\n", 2, "stack-name: has no value"},
		"a list for one value":        {"stack-name: [panther-a, panther-b]\n", 2, "c.yml:1:13: stack-name: takes one value, not a list"},
		"a time that bounds nothing":  {"\ntimeout: 0s\n", 2, "c.yml:2:10: timeout: 0s is not above zero"},
		"calls at once that are none": {"concurrency: 0\n", 2, "c.yml:1:14: concurrency: 0 is less than 1"},
		"a list where lists go":       {"only: [PF-STK, PF-TGT]\n", 0, ""},
		"a yes that is no boolean":    {"timings: yes\n", 2, `c.yml:1:10: timings: "yes" is neither true nor false`},
		"a section that is missing":   {"environments: {prod: {region: us-east-1}}\n", 2, "environments: only the environments say what is deployed; choose one with --environment: prod\n"},
		"a section beside the rest":   {"region: us-east-1\nenvironments: {prod: {region: eu-west-1}}\n", 0, ""},
		"no section":                  {"environments: {}\n", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "c.yml")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, "--config", file, "--stack-name", "panther-x", "--only", "PF-STK-001")
			if strings.HasPrefix(c.text, "stack-name") {
				code, _, stderr = run(t, nil, "check", "--offline", "--config", file)
			}
			if code != c.code || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d %q, want %d %q", code, stderr, c.code, c.says)
			}
		})
	}
}

func TestAnEmptyConfigurationHasNoEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yml")
	if err := os.WriteFile(file, []byte("# nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, nil, "check", "--offline", "--config", file, "--environment", "prod")
	if code != 2 || !strings.Contains(stderr, `there is no environment "prod"`) {
		t.Errorf("exit %d %q", code, stderr)
	}
}

func TestListsOfChecks(t *testing.T) {
	for list, c := range map[string]struct {
		code int
		says string
	}{
		"PF-STK-001, pf-tgt":  {0, ""},
		"PF-STK-001,":         {0, ""},
		",":                   {2, "--only names no check"},
		"PF-STK-001, PF-NONE": {2, "no check or area is called PF-NONE"},
	} {
		code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, "--only", list)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: exit %d %q", list, code, stderr)
		}
	}
}

func TestUsageThatOfflineWouldNotNotice(t *testing.T) {
	facts := filepath.Join(t.TempDir(), "facts.json")
	if err := os.WriteFile(facts, []byte("[]"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"check", "--offline", "--timeout", "-5s"}, "--timeout -5s is not above zero"},
		{[]string{"china", "status", "--timeout", "-5s"}, "--timeout -5s is not above zero"},
		{[]string{"china", "rotate-key", "--timeout", "0"}, "--timeout 0s is not above zero"},
		{[]string{"diagnose", "--events", "x.json", "--timeout", "-1"}, "--timeout -1s is not above zero"},
		{[]string{"pulumi", "start", "--timeout", "0s"}, "--timeout 0s is not above zero"},
		{[]string{"check", "--offline", "--concurrency", "0"}, "--concurrency 0 is less than 1"},
		{[]string{"check", "--facts", facts}, "facts.json:1:1: a fact file is an object"},
		{[]string{"chek"}, `unknown command "chek"; did you mean check?`},
	} {
		code, out, stderr := run(t, nil, c.args...)
		if code != 2 || out != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d %q", c.args, code, stderr)
		}
	}
}

package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// configured writes a configuration and runs check with it.
func configured(t *testing.T, config string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(t, nil, append([]string{"check", "--offline", "--template", topic, "--config", file}, args...)...)
}

const settings = "stack-name: siem\nrelease: v1.16.0\n"

func waiverOf(id, subject, expires string) string {
	return "- {id: " + id + ", subject: \"" + subject + "\", reason: The change window is later., owner: siem@example.com, expires: " + expires + "}\n"
}

func TestAWaivedFindingStaysAndDoesNotCount(t *testing.T) {
	args := []string{"--only", "PF-UPG-002", "--fail-on", "warning"}
	if code, _, _ := configured(t, settings, args...); code != 1 {
		t.Fatalf("without a waiver: exit %d", code)
	}
	config := settings + "waivers:\n" + waiverOf("PF-UPG-002", "release:*", "2027-01-31")
	for _, format := range report.Names() {
		code, stdout, stderr := configured(t, config, append(args, "-f", format)...)
		if code != 0 || stderr != "" || !strings.Contains(stdout, "v1.16.0") {
			t.Errorf("%s: exit %d, %q, %s", format, code, stderr, stdout)
		}
		if format != "short" && !strings.Contains(stdout, "The change window is later.") {
			t.Errorf("%s does not give the reason of the waiver", format)
		}
	}
}

func TestWhatIsWrongWithAWaiverIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		waivers, only string
		code          int
		want          string
	}{
		"it cannot be waived": {waiverOf("PF-STK-001", "*", "2027-01-31"), "PF-STK-001", 1, `config.yml:4 \(PF-STK-001 \*\) has no effect: PF-STK-001 cannot be waived`},
		"it is stale":         {waiverOf("PF-UPG-002", "release:v9", "2027-01-31"), "PF-UPG-002", 0, `PF-UPG-002 release:v9\) matches nothing: remove it`},
		"there is no check":   {waiverOf("PF-UPG-02", "*", "2027-01-31"), "PF-UPG-002", 0, `PF-UPG-02 \*\) names no check; did you mean PF-UPG-002\?`},
		"it has expired":      {waiverOf("PF-UPG-002", "*", "2026-11-20"), "PF-UPG-002", 1, `expired on 2026-11-20(.|\n)*BLOCKED: 1 waiver expired`},
		"it is for one account": {strings.Replace(waiverOf("PF-UPG-002", "*", "2027-01-31"), "id:", "account: 111122223333, id:", 1), "PF-UPG-002", 0,
			`this run does not know its account`},
		"another was meant": {waiverOf("PF-PRM-008", "*", "2027-01-31"), "PF-UPG-002", 0, `! warn  PF-UPG-002`},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := configured(t, settings+"waivers:\n"+c.waivers, "--only", c.only)
			plain := strings.Join(strings.Fields(stdout), " ")
			want := strings.ReplaceAll(c.want, "  ", " ")
			if ok, err := regexp.MatchString(want, plain); code != c.code || stderr != "" || err != nil || !ok {
				t.Errorf("exit %d, want %d; %q is missing in\n%s%s", code, c.code, c.want, stdout, stderr)
			}
		})
	}
}

func TestAFaultyConfigurationIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ config, want string }{
		"a misspelt key of a waiver": {"waivers:\n" + strings.Replace(waiverOf("PF-UPG-002", "*", "2027-01-31"), "expires", "expire", 1), `waivers\[0\].expire: unknown key; did you mean expires\?`},
		"more than a year":           {"waivers:\n" + waiverOf("PF-UPG-002", "*", "2027-11-22"), `config.yml:2:3: waivers\[0\].expires: 2027-11-22 is more than a year ahead`},
		"no owner":                   {"waivers:\n- {id: a, subject: b, reason: c, expires: 2027-01-31}\n", `waivers\[0\]: owner is missing`},
		"waivers that are a map":     {"waivers: {}\n", `waivers: must be a list`},
		"a misspelt section":         {"waiver: []\n", `config.yml:1:1: waiver: unknown key; did you mean waivers\?`},
		"a flag of the command line": {"config: x\n", `config: no configuration may set this; use the flag --config`},
		"waivers of an environment":  {"environments:\n  prod:\n    waivers: []\n", `environments.prod.waivers: unknown key`},
		"a list of lists":            {"only: [[a]]\n", `config.yml:1:8: only: must be a list of plain values`},
		"a duration that is none":    {"timeout: 5 apples\n", `config.yml:1:10: timeout: `},
		"a key without a value":      {"region:\n", `config.yml:1:8: region: has no value`},
		"environments as a list":     {"environments: [prod]\n", `environments: must be a map`},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := configured(t, c.config)
			if ok, err := regexp.MatchString(c.want, stderr); code != 2 || stdout != "" || err != nil || !ok || strings.Count(stderr, "\n") != 1 {
				t.Errorf("exit %d, %q, %q; want %q", code, stdout, stderr, c.want)
			}
		})
	}
}

func TestTheConfigurationSetsListsAndTheCommandLineWins(t *testing.T) {
	config := settings + "only: [PF-UPG-002, PF-STK-001]\nfail-on: warning\nenvironments:\n  test:\n    only: PF-UPG-002\n"
	for _, c := range []struct {
		args []string
		code int
		has  string
		not  string
	}{
		{nil, 1, "PF-STK-001", "zzz"},
		{[]string{"--environment", "test"}, 1, "PF-UPG-002", "PF-STK-001"},
		{[]string{"--environment", "test", "--fail-on", "error"}, 0, "PF-UPG-002", "PF-STK-001"},
		{[]string{"--only", "PF-STK-001", "--stack-name", "panther-x"}, 0, "PF-STK-001", "PF-UPG-002"},
	} {
		code, stdout, stderr := configured(t, config, c.args...)
		if code != c.code || !strings.Contains(stdout, c.has) || strings.Contains(stdout, c.not) {
			t.Errorf("%v: exit %d %s%s", c.args, code, stdout, stderr)
		}
	}
}

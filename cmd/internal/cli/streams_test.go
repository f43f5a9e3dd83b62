package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// attack is a text that terminals and CI runners obey, a page links, and eyes
// do not see whole.
const attack = "x\n::error::x\r::add-mask::y\x1b[2J\u202e\u200b\U000e0041 ##[group]z] ##vso[task.x]y ##teamcity[a] \x1b[0Ksection_start:1:a\r\x1b[0K\n--- b \xff"

// forged is a line of a text that passes for one of the program.
var forged = regexp.MustCompile(`(?m)^FORGED`)

// obeyed fails where a stream holds more than text.
func obeyed(t *testing.T, what, text string) {
	t.Helper()
	for _, taken := range safetest.Commands(text) {
		t.Errorf("%s: %s takes %q for a command", what, taken.Runner, taken.Line)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return safetext.Unseen(r) && r != '\n' && r != '\t' }); i >= 0 {
		t.Errorf("%s writes %q", what, text[i:min(len(text), i+20)])
	}
}

func TestNoArgumentOrFileSteersWhatReadsTheOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	named := "template " + strings.ReplaceAll(strings.ReplaceAll(attack, "\xff", ""), "\x1b[0Ksection_start:1:a\r\x1b[0K", "") + ".yml"
	for name, text := range map[string]string{
		named:         "Resources:\n  A: {Type: AWS::SNS::Topic}\n",
		"key.yml":     "Resources:\n  \" ::error::x ##[group]\\nFORGED\\n::error::y\\u202e\\e[31m\": {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs12.x}}\n",
		"broken.yml":  "Resources: {\"::error::x ##[y]\\u202e\": [\n",
		"params.json": `{"\n::error::x \u202e ##[group]": 1, "B": "\u001b[31m"}`,
		"events.json": `{"StackEvents": [{"StackId": "arn:aws:cloudformation:us-east-1:111122223333:stack/\n::error::s/1", "EventId": "1", "StackName": "\n::error::s", "LogicalResourceId": "\nFORGED\n::error::r ##[x]\u202e", "PhysicalResourceId": "", "ResourceType": "AWS::SNS::Topic", "Timestamp": "2026-01-01T00:00:00Z", "ResourceStatus": "CREATE_FAILED", "ResourceStatusReason": "no\nFORGED\n::error::x\u001b[31m ##vso[task.x]"}]}`,
		"cases.jsonl": `{"name": "\u202e\n::error::x ##[y]", "action": "s3:GetObject", "resource": "*", "principal": "arn:aws:iam::111122223333:role/x"}` + "\n",
	} {
		if err := os.WriteFile(filepath.Clean(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := []string{"check", "--offline", "--region", "us-east-1", "--stack-name", "panther-x", "--release", "v1.16.0", "--template"}
	for _, args := range [][]string{
		{attack}, {"check", attack}, {"--" + attack}, {"check", "--format", attack}, {"explain", attack}, {"check", "--template", attack, "--offline"},
		append(check, named), append(check, "broken.yml"), append(check, "key.yml"), append(check, "key.yml", "-f", "short"), append(check, "key.yml", "-f", "markdown"),
		append(check, "key.yml", "-f", "json"), append(check, "key.yml", "-f", "html"), append(check, "key.yml", "-f", "junit"), append(check, "key.yml", "-f", "sarif"),
		append(check, "key.yml", "--parameters", "params.json"), append(check, "key.yml", "-p", attack+"=x"), append(check, "key.yml", "--only", attack),
		append(check, "key.yml", "-v", "--stack-name", attack), append(check, "key.yml", "--config", attack), append(check, "key.yml", "--scp-dir", attack),
		{"diagnose", "--events", "events.json"}, {"diagnose", "--events", "events.json", "--format", "json"}, {"diagnose", "--events", attack},
		{"simulate", "--cases", "cases.jsonl"}, {"simulate", "--action", attack, "--resource", attack, "--principal", attack},
		{"transform", "--in", "key.yml", "--plan", "--bucket", "b", "--region", "cn-north-1"}, {"transform", "--in", "key.yml", "--plan", "--bucket", "b", "--region", "cn-north-1", "-f", "markdown"},
		{"transform", "--in", "key.yml", "--plan", "--bucket", "b", "--region", attack}, {"upgrade", "plan", "--from", attack, "--to", "v1.31.1"},
		{"upgrade", "plan", "--from", "v1.30.5", "--to", "v1.31.1", "--stack-name", attack}, {"release", "verify", "--release", attack}, {"release", "verify", "--release", "v1.16.0", "--from", attack},
		{"template", "api-alias", "--region", attack}, {"permissions", "--partition", attack}, {"init", "--template", attack},
	} {
		var out, errs bytes.Buffer
		code := Run(context.Background(), args, isolated(&out, &errs))
		secretscan.Ran(t, nil, out.String(), errs.String())
		obeyed(t, strings.ToValidUTF8(strings.Join(args, " "), "?"), out.String()+"\n"+errs.String())
		// A page and XML have lines of their own.
		if format := args[len(args)-1]; format != "html" && format != "junit" && forged.MatchString(out.String()) {
			t.Errorf("%q: a text begins a line: %s", args, &out)
		}
		if out.Len()+errs.Len() == 0 || code == session.ExitInternal {
			t.Errorf("%q: exit %d, %q, %q", args, code, &out, &errs)
		}
	}
	for _, args := range [][]string{{attack}, {"-" + attack}, {"-type", attack}, {"-type", "download", "-bucket", attack, "-release", attack}, {"-type", "upload", "-bucket", "b", "-release", "v1.16.0", "-dir", attack}} {
		var out, errs bytes.Buffer
		if code := release.RunReleaseCopy(context.Background(), args, isolated(&out, &errs)); code == session.ExitOK || errs.Len() == 0 {
			t.Errorf("releasecopy %q: exit %d, %q", args, code, &errs)
		}
		secretscan.Ran(t, nil, out.String(), errs.String())
		obeyed(t, "releasecopy", out.String()+"\n"+errs.String())
	}
}

// isolated is a run without credentials and without a terminal.
func isolated(out, errs *bytes.Buffer) session.Streams {
	none := map[string]string{"AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "us-east-1"}
	return session.Streams{In: strings.NewReader(""), Out: out, Err: errs, Getenv: func(name string) string { return none[name] }, Now: time.Now}
}

func TestCompletionsAreAsTheyWere(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		var out, errs, plain bytes.Buffer
		if code := Run(context.Background(), []string{"completion", shell}, isolated(&out, &errs)); code != session.ExitOK {
			t.Fatal(shell, code, &errs)
		}
		a := &session.Session{Streams: isolated(&plain, &errs)}
		root := newRoot(a)
		root.SetArgs([]string{"completion", shell})
		root.SetOut(&plain)
		if err := root.Execute(); err != nil || plain.String() != out.String() {
			t.Errorf("%s: the script is changed on its way, %v", shell, err)
		}
	}
}

func TestAnErrorOfSeveralLinesIsIndented(t *testing.T) {
	if got := session.ErrorText("a\nREADY\r\n::error::\x1b\n"); got != "a\n  READY\n  ::error::\\u001b" {
		t.Errorf("%q", got)
	}
}

func TestAPanicIsAnInternalErrorAndText(t *testing.T) {
	var out, errs bytes.Buffer
	run := func() (code int) {
		_, _, done := session.Guarded(isolated(&out, &errs))
		defer done(&code)
		panic(attack + secretscan.Mark)
	}
	if code := run(); code != session.ExitInternal || !strings.Contains(errs.String(), "internal error: a fault of type string") {
		t.Errorf("exit %d, %q", code, &errs)
	}
	if strings.Contains(errs.String(), secretscan.Mark) {
		t.Errorf("a panic shows its value: %s", &errs)
	}
	obeyed(t, "a panic", errs.String())
}

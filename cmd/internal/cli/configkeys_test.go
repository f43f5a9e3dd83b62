package cli

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// mayBeFoundKeys is what a configuration that was found may hold, beside
// environments and waivers: nothing else, and every flag of these that there is.
var mayBeFoundKeys = []string{
	"template", "release-dir", "release", "from", "from-template", "from-parameters", "parameters", "parameter",
	"stack-name", "stack-tag", "deployment-role", "no-deployment-role", "deployment-role-policy", "partition", "region",
	"account", "organization-id", "scp-dir", "release-matrix", "phase", "offline", "policy", "only", "skip", "fail-on",
	"allow-unknown", "format", "no-color", "timeout", "concurrency",
}

// everyFlag is where each flag of the two programs is used.
func everyFlag() map[string]string {
	all := map[string]string{}
	root := newRoot(&session.Session{})
	for _, cmd := range allCommands(root) {
		cmd.InitDefaultHelpFlag()
		cmd.Flags().VisitAll(func(f *pflag.Flag) { all[f.Name] = cmd.CommandPath() })
		cmd.PersistentFlags().VisitAll(func(f *pflag.Flag) { all[f.Name] = cmd.CommandPath() })
	}
	(&release.Documented{}).Flags().VisitAll(func(f *flag.Flag) { all[f.Name] = "releasecopy" })
	return all
}

func TestEveryFlagHasAClass(t *testing.T) {
	flags, seen := everyFlag(), map[string]bool{}
	for _, k := range config.Keys() {
		if seen[k.Name] {
			t.Errorf("%s is in the table twice", k.Name)
		}
		seen[k.Name] = true
		if flags[k.Name] == "" {
			t.Errorf("the table names %s, and no command has such a flag", k.Name)
		}
	}
	for name, command := range flags {
		if !seen[name] {
			t.Errorf("--%s of %s is not in the table of configuration keys: who may set it?", name, command)
		}
	}
	if len(flags) < 80 || flags["type"] == "" || flags["no-transform"] == "" || flags["hosted-zone"] == "" {
		t.Errorf("only %d flags were found", len(flags))
	}
}

func TestWhatAFoundConfigurationMayHold(t *testing.T) {
	flags := everyFlag()
	var want, got []string
	for _, name := range mayBeFoundKeys {
		if flags[name] != "" {
			want = append(want, name)
		}
	}
	for _, k := range config.Keys() {
		if k.Class == config.Found {
			got = append(got, k.Name)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	for _, name := range []string{"yes", "force", "overwrite", "config", "environment", "help", "version", "example"} {
		if k, _ := config.Lookup(name); k.Class != config.FlagOnly {
			t.Errorf("a configuration may set %s", name)
		}
	}
}

// TestEveryFlagIsRefusedByItsClass writes each key into a configuration, by
// itself and in a section, and reads it as found and as named.
func TestEveryFlagIsRefusedByItsClass(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range slices.Sorted(maps.Keys(everyFlag())) {
		k, _ := config.Lookup(name)
		for _, text := range []string{name + ": x\n", "environments: {a: {" + name + ": x}}\n"} {
			if err := os.WriteFile(config.DefaultName, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				source config.Source
				taken  bool
			}{{foundHere(t), k.Class == config.Found}, {config.Named("c.yml"), k.Class != config.FlagOnly}} {
				_, err := config.Read(c.source, []byte(text), config.Options{})
				switch {
				case c.taken && err != nil:
					t.Errorf("found %v: %s: %v", c.source.Found, name, err)
				case !c.taken && (err == nil || session.ExitCode(err) != session.ExitUsage || !strings.Contains(err.Error(), "use the flag --"+name)):
					t.Errorf("found %v: %s: %v", c.source.Found, name, err)
				}
			}
		}
	}
}

func foundHere(t *testing.T) config.Source {
	t.Helper()
	source, found, err := config.Find(".")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return source
}

func TestTheOtherProgramReadsNoConfiguration(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.WriteFile(filepath.Join(folder, config.DefaultName), []byte("no-such-key: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := release.RunReleaseCopy(context.Background(), []string{"-type", "sideways"}, session.Streams{Out: &out, Err: &errs, Getenv: func(string) string { return "" }})
	if code != session.ExitUsage || !strings.Contains(errs.String(), "sideways") {
		t.Errorf("exit %d: %s", code, &errs)
	}
}

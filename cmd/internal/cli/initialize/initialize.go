// Package initialize is the command init, which writes a parameter file and a
// configuration.
package initialize

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

// initFlags are the flags of init.
type initFlags struct {
	input input.Flags
	force bool
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	c := &initFlags{}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a parameter file and a configuration from an entry template",
		Long: `init writes two files to fill in: the parameter values, with the required ones
marked and the documented ranges as comments, and a configuration that names
what check needs. It overwrites nothing without --force.`,
		Example: `  panther-preflight init --template root.yml --release v1.31.1 --region us-east-1 \
      --stack-name panther-prod
  panther-preflight init --template root.yml --parameters prod.yml --config prod-preflight.yml`,
		Args:        cobra.NoArgs,
		Annotations: map[string]string{session.WritesConfig: "yes"},
		RunE:        func(cmd *cobra.Command, _ []string) error { return write(cmd.Context(), a, c) },
	}
	f := cmd.Flags()
	f.StringVar(&c.input.Template, "template", "", "entry template: a file or a folder (`PATH`)")
	f.StringVar(&c.input.Release, "release", "", "target `VERSION`, v1.31.1 or 1.31.1")
	f.StringVar(&c.input.StackName, "stack-name", "", "`NAME` of the root stack")
	f.StringVar(&c.input.Parameters, "parameters", "parameters.yml", "`FILE` to write the parameter values to")
	f.BoolVar(&c.force, "force", false, "overwrite files that exist")
	return cmd
}

func write(ctx context.Context, a *session.Session, c *initFlags) error {
	if c.input.Template == "" {
		return session.Usage(fmt.Errorf("--template is missing"))
	}
	if err := mayBeFound(a, c.input); err != nil {
		return err
	}
	run, err := input.RunOf(a, c.input)
	if err != nil {
		return err
	}
	source, entry, err := template.Open(ctx, run.Template)
	if err != nil {
		return input.Unreadable("template", run.Template, err)
	}
	tree, err := template.Load(ctx, source, entry, template.Options{Region: run.Region, Partition: run.Partition})
	if err != nil {
		return err
	}
	matrix, err := releases.Read()
	if err != nil {
		return err
	}
	files := []struct {
		name string
		text []byte
	}{
		{c.input.Parameters, parameters.Skeleton(filepath.ToSlash(c.input.Template), preflight.Declared(tree.Parameters()), notesOf(matrix, run))},
		{session.First(a.Global.Config, config.DefaultName), configSkeleton(c.input, run)},
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Dir(f.name)); err != nil {
			return session.Usage(fmt.Errorf("write %s: %w", f.name, err))
		}
		if _, err := os.Lstat(f.name); err == nil && !c.force {
			return session.Usage(fmt.Errorf("%s exists already; --force overwrites it", f.name))
		}
	}
	for _, f := range files {
		if err := outputfile.Write(ctx, f.name, f.text, outputfile.Private); err != nil {
			return session.Usage(fmt.Errorf("write %s: %w", f.name, err))
		}
		fmt.Fprintln(a.Out, "wrote", f.name)
	}
	fmt.Fprintf(a.Out, "\nFill in what is marked REQUIRED in %s, then run: panther-preflight check --offline\n", c.input.Parameters)
	return nil
}

// mayBeFound refuses paths that a configuration of the default name could not
// name afterwards: nothing would read what init wrote.
func mayBeFound(a *session.Session, i input.Flags) error {
	if a.Global.Config != "" {
		return nil
	}
	source, err := config.Below(".")
	if err != nil {
		return session.Usage(err)
	}
	for _, f := range []struct{ flag, path string }{{"template", i.Template}, {"parameters", i.Parameters}} {
		if err := source.MayName(f.path); err != nil {
			return session.Usage(fmt.Errorf("--%s: %w; write the configuration to a file that you name with --config FILE", f.flag, err))
		}
	}
	return nil
}

// notesOf are the notes of the release matrix for the target version.
func notesOf(m *releases.Matrix, run checks.Run) map[string]parameters.Note {
	notes := map[string]parameters.Note{}
	for _, r := range m.Required {
		if r.Entry == run.EntryKind && reaches(run.Release, r.From) {
			notes[r.Name] = parameters.Note{Required: true}
		}
	}
	for _, r := range m.Ranges {
		note := notes[r.Name]
		switch {
		case len(r.Values) > 0:
			values := make([]string, len(r.Values))
			for i, v := range r.Values {
				values[i] = strconv.Itoa(v)
			}
			note.Range = "one of " + strings.Join(values, ", ")
		case r.Min != nil && r.Max != nil:
			note.Range = fmt.Sprintf("%v to %v", *r.Min, *r.Max)
		case r.Max != nil:
			note.Range = fmt.Sprintf("at most %v", *r.Max)
		}
		notes[r.Name] = note
	}
	return notes
}

// reaches reports whether a release is at or after a version; one that is not
// known is taken to be the newest, so that nothing required is left unmarked.
func reaches(release, from string) bool {
	target, err := releases.Parse(release)
	if err != nil {
		return true
	}
	since, err := releases.Parse(from)
	return err != nil || !target.LessThan(since)
}

func configSkeleton(i input.Flags, run checks.Run) []byte {
	var b strings.Builder
	b.WriteString("# What `panther-preflight check` is told without flags; a flag wins over it.\n")
	for _, s := range []struct{ key, value, example string }{
		{"template", filepath.ToSlash(i.Template), ""},
		{"parameters", filepath.ToSlash(i.Parameters), ""},
		{"stack-name", run.StackName, "panther-prod"},
		{"release", run.Release, "v1.31.1"},
		{"region", run.Region, "us-east-1"},
	} {
		if s.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", s.key, strconv.Quote(s.value))
		} else {
			fmt.Fprintf(&b, "#%s: %s # REQUIRED for most checks\n", s.key, s.example)
		}
	}
	b.WriteString(`
# The same keys again for an environment, chosen with --environment prod.
#environments:
#  prod:
#    region: us-east-1

# A finding that you accept for a time. All but account and region are required.
#waivers:
#  - id: PF-SCP-002
#    subject: "build-vpc-only#*"
#    reason: Deploys run from the build VPC only.
#    expires: 2027-01-31
#    owner: cloud-platform@example.com
`)
	return []byte(b.String())
}

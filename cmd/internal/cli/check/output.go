package check

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

// output is one requested format; file is empty for stdout.
type output struct{ format, file string }

type outputs struct {
	app  *session.Session
	list []output
	// quiet renders what goes to stdout, for what it adds to a job's summary, and
	// does not write it.
	quiet bool
}

// FormatNames lists the formats.
func FormatNames() string { return strings.Join(report.Names(), ", ") }

// Outputs reads the values of --format. At most one of them goes to stdout.
func Outputs(a *session.Session, values []string) (outputs, error) {
	o := outputs{app: a}
	if len(values) == 0 {
		values = []string{"text"}
	}
	stdout := 0
	files := map[string]bool{}
	for _, value := range values {
		name, file, toFile := strings.Cut(value, "=")
		if _, err := report.Find(name); err != nil {
			return o, session.Usage(fmt.Errorf("--format: %w", err))
		}
		switch {
		case toFile && file == "":
			return o, session.Usage(fmt.Errorf("--format %s: the file name is missing", value))
		case toFile && files[filepath.Clean(file)]:
			return o, session.Usage(fmt.Errorf("--format: two formats go to the file %s", file))
		case toFile:
			files[filepath.Clean(file)] = true
		default:
			stdout++
		}
		o.list = append(o.list, output{name, file})
	}
	if stdout > 1 {
		return o, session.Usage(fmt.Errorf("--format: only one format goes to stdout; write the others as FORMAT=FILE"))
	}
	return o, nil
}

// drawing draws what a run came to in a format.
type drawing func(format string, w io.Writer, o report.Options) error

// Write writes the report of one target.
func (o outputs) Write(ctx context.Context, r *checks.Report, base report.Options) error {
	return o.write(ctx, base, func(name string, w io.Writer, options report.Options) error {
		format, err := report.Find(name)
		if err != nil {
			return err
		}
		return format(w, r, options)
	})
}

// write renders every format before it writes one, so that no file is left
// half-written.
func (o outputs) write(ctx context.Context, base report.Options, draw drawing) error {
	rendered := make([][]byte, len(o.list))
	var summary bytes.Buffer
	for i, out := range o.list {
		options := base
		options.Summary = &summary
		if out.file == "" {
			options.Color, options.Width = o.app.Color(), o.app.Width
		}
		var b bytes.Buffer
		if err := draw(out.format, &b, options); err != nil {
			return fmt.Errorf("render the report: %w", err)
		}
		rendered[i] = b.Bytes()
	}
	for i, out := range o.list {
		if out.file == "" {
			if o.quiet {
				continue
			}
			if _, err := o.app.Rendered.Write(rendered[i]); err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
		} else if err := outputfile.Write(ctx, out.file, rendered[i], outputfile.Private); err != nil {
			return session.Usage(fmt.Errorf("write the report: %w", err))
		}
	}
	return writeSummary(ctx, o.app, summary.Bytes())
}

// writeSummary adds to the job summary of GitHub Actions, where there is one:
// the steps of a job share the file.
func writeSummary(ctx context.Context, a *session.Session, text []byte) error {
	name := a.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" || len(text) == 0 {
		return nil
	}
	if err := outputfile.Append(ctx, name, text); err != nil {
		return session.Usage(fmt.Errorf("write the job summary: %w", err))
	}
	return nil
}

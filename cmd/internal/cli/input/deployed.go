package input

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// deployed is the release that an upgrade starts from, with its files opened.
func (i Flags) deployed(ctx context.Context, run checks.Run) (preflight.Deployed, error) {
	name := i.deployedTemplate(run.From)
	d := preflight.Deployed{Name: safetext.WithoutCredentials(name), Stated: i.FromParameters != ""}
	if d.Stated {
		text, err := session.ReadInput(ctx, i.FromParameters, i.Wait)
		if err != nil {
			return d, err
		}
		if d.Parameters, err = parameters.Parse(i.FromParameters, text); err != nil {
			return d, err
		}
	}
	if name == "" || strings.Contains(name, "://") {
		return d, nil
	}
	var err error
	if d.Template, err = i.Opened.open(ctx, name); err != nil {
		return d, Unreadable("from-template", name, err)
	}
	return d, nil
}

// deployedTemplate is the entry template that is deployed now, as it was named,
// or as a folder of downloaded releases has it.
func (i Flags) deployedTemplate(from string) string {
	if i.FromTemplate != "" || i.releaseDir == "" || from == "" {
		return i.FromTemplate
	}
	name := filepath.Join(i.releaseDir, from, "panther.yml")
	if _, err := os.Stat(name); err != nil {
		return ""
	}
	return name
}

package reference

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
	"github.com/panther-preflight/panther-preflight/policies"
)

//go:embed *.tmpl
var templates embed.FS

// ChecksFolder is where the pages of the checks are, and nothing else.
const ChecksFolder = "docs/checks"

// page is what is written about one check.
type page struct {
	checks.Meta
	// Policy is the policy's file, from the root of the repository.
	Policy       string
	Needs        []string
	Live         bool
	Waivable     bool
	Good, Bad    string
	Finds        []string
	Undecided    bool
	SeverityDoes string
	// Afterwards are the causes of failed deployments that it foresees.
	Afterwards []catalogue.Entry
}

var severityDoes = map[checks.Severity]string{
	checks.SeverityError:   "blocks the deployment",
	checks.SeverityWarning: "blocks only with `--fail-on warning`",
	checks.SeverityInfo:    "never blocks",
}

// checkPages are one page a check and their index.
func checkPages(repository fs.FS) (map[string][]byte, error) {
	pages, err := describe(repository)
	if err != nil {
		return nil, err
	}
	parsed, err := template.New("").Funcs(template.FuncMap{"prose": prose, "advice": markedUp, "list": listed, "handling": handling}).ParseFS(templates, "*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read the templates of the pages: %w", err)
	}
	files := map[string][]byte{}
	draw := func(file, tmpl string, data any) error {
		var b bytes.Buffer
		if err := parsed.ExecuteTemplate(&b, tmpl, data); err != nil {
			return fmt.Errorf("draw %s: %w", file, err)
		}
		files[file] = b.Bytes()
		return nil
	}
	for _, p := range pages {
		if err := draw(path.Join(ChecksFolder, p.ID+".md"), "check.tmpl", p); err != nil {
			return nil, err
		}
	}
	causes, err := causes(pages)
	if err != nil {
		return nil, err
	}
	if err := draw(CausesFile, "causes.tmpl", causes); err != nil {
		return nil, err
	}
	if err := draw(chinaPage, "china.tmpl", chinaFeatures()); err != nil {
		return nil, err
	}
	if files[chinaPage], err = marked(repository, chinaPage, "features", files[chinaPage]); err != nil {
		return nil, err
	}
	return files, draw(path.Join(ChecksFolder, "README.md"), "index.tmpl", pages)
}

func describe(repository fs.FS) ([]page, error) {
	data, err := releases.Data()
	if err != nil {
		return nil, err
	}
	e, err := engine.New(context.Background(), engine.Options{Bundled: policies.Files, Data: data})
	if err != nil {
		return nil, err
	}
	byID, err := policyFiles(repository)
	if err != nil {
		return nil, err
	}
	entries, err := catalogue.Entries()
	if err != nil {
		return nil, err
	}
	var pages []page
	for _, m := range e.Metas() {
		p := page{Meta: m, Policy: byID[m.ID], Needs: e.NeedsOf(m.ID), Waivable: waivers.Waivable(m.ID), SeverityDoes: severityDoes[m.Severity]}
		for _, need := range p.Needs {
			section, _, _ := strings.Cut(need, ".")
			p.Live = p.Live || slices.Contains(checks.LiveSections(), section)
		}
		if p.Policy == "" {
			return nil, fmt.Errorf("no policy file has the id %s", m.ID)
		}
		for _, entry := range entries {
			if entry.Check == m.ID {
				p.Afterwards = append(p.Afterwards, entry)
			}
		}
		if err := p.examples(repository); err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// policyFiles finds the file of every check by its id.
func policyFiles(repository fs.FS) (map[string]string, error) {
	files, err := fs.Glob(repository, "policies/*/*.rego")
	if err != nil {
		return nil, err
	}
	byID := map[string]string{}
	for _, file := range files {
		text, err := fs.ReadFile(repository, file)
		if err != nil {
			return nil, fmt.Errorf("read policies: %w", err)
		}
		for line := range strings.Lines(string(text)) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "#   id: "); ok {
				byID[id] = file
				break
			}
		}
	}
	return byID, nil
}

// prose is a text in which nothing is markup that HTML would swallow.
func prose(text string) string {
	return strings.NewReplacer("<", "&lt;", "|", "&#124;").Replace(text)
}

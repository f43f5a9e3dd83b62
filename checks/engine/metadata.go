package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

// custom is the `custom` section of a policy's metadata.
type custom struct {
	ID          string          `json:"id"`
	Severity    checks.Severity `json:"severity"`
	Remediation string          `json:"remediation"`
	Source      string          `json:"source"`
	// Partial are the facts of which a part suffices for a finding: every finding
	// rests on records that were read, so that what is missing hides findings and
	// never makes one.
	Partial []string `json:"partial"`
}

var (
	bundledID = regexp.MustCompile(`^PF-[A-Z]{3}-\d{3}$`)
	customID  = regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-\d+$`)
)

// metadata reads the package annotation of a policy. Every field is required,
// and a field it does not know is an error: a misspelt severity must not pass.
func metadata(module *ast.Module, file, root string) (checks.Meta, []string, error) {
	annotation := packageAnnotation(module)
	if annotation == nil {
		return checks.Meta{}, nil, fmt.Errorf("%s: metadata with `scope: package` is missing", file)
	}
	text, err := json.Marshal(annotation.Custom)
	if err != nil {
		return checks.Meta{}, nil, fmt.Errorf("%s: custom metadata: %w", file, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var c custom
	if err := decoder.Decode(&c); err != nil {
		return checks.Meta{}, nil, fmt.Errorf("%s: custom metadata: %w", file, err)
	}
	meta := checks.Meta{
		ID: c.ID, Area: area(c.ID), Severity: c.Severity, Source: c.Source,
		Title:       strings.TrimSpace(annotation.Title),
		Description: strings.TrimSpace(annotation.Description),
		Remediation: strings.TrimSpace(c.Remediation),
	}
	if len(annotation.RelatedResources) > 0 {
		meta.Docs = annotation.RelatedResources[0].Ref.String()
	}
	return meta, c.Partial, complete(meta, file, root)
}

func packageAnnotation(module *ast.Module) *ast.Annotations {
	for _, a := range module.Annotations {
		if a.Scope == "package" {
			return a
		}
	}
	return nil
}

func area(id string) string {
	parts := strings.Split(id, "-")
	if len(parts) < 3 {
		return parts[0]
	}
	return parts[1]
}

func complete(m checks.Meta, file, root string) error {
	for _, f := range []struct{ name, value string }{
		{"title", m.Title}, {"description", m.Description}, {"related_resources", m.Docs},
		{"custom.id", m.ID}, {"custom.severity", string(m.Severity)},
		{"custom.remediation", m.Remediation}, {"custom.source", m.Source},
	} {
		if f.value == "" {
			return fmt.Errorf("%s: metadata %s is missing", file, f.name)
		}
	}
	if !slices.Contains(checks.Severities, m.Severity) {
		return fmt.Errorf("%s: severity %q is none of %v", file, m.Severity, checks.Severities)
	}
	switch {
	case root == bundledRoot && !bundledID.MatchString(m.ID):
		return fmt.Errorf("%s: the id %q is not of the form PF-XXX-000", file, m.ID)
	case root == customRoot && (!customID.MatchString(m.ID) || strings.HasPrefix(m.ID, "PF-")):
		return fmt.Errorf("%s: the id %q of a custom policy must be of the form XX-XXX-000 or XX-000 and not begin with PF-", file, m.ID)
	}
	return nil
}

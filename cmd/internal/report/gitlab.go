package report

import (
	"encoding/json"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
)

// codeQuality is one issue of GitLab's Code Quality report.
type codeQuality struct {
	Description string       `json:"description"`
	CheckName   string       `json:"check_name"`
	Fingerprint string       `json:"fingerprint"`
	Severity    string       `json:"severity"`
	Location    qualityPlace `json:"location"`
}

type qualityPlace struct {
	Path  string       `json:"path"`
	Lines qualityLines `json:"lines"`
}

type qualityLines struct {
	Begin int `json:"begin"`
}

// The severities of GitLab that are used: what blocks, what may block, and what
// does not.
var (
	qualityCertain   = map[checks.Severity]string{checks.SeverityError: "blocker", checks.SeverityWarning: "minor", checks.SeverityInfo: "info"}
	qualityUndecided = map[checks.Severity]string{checks.SeverityError: "major", checks.SeverityWarning: "minor", checks.SeverityInfo: "info"}
)

// GitLab writes the causes as a Code Quality report of GitLab. What it has no
// place for, such as notes and waived findings, is an issue of severity info.
func GitLab(w io.Writer, r *checks.Report, o Options) error {
	return writeQuality(w, qualityIssues(r, o))
}

func qualityIssues(r *checks.Report, o Options) []codeQuality {
	issues := []codeQuality{}
	seen := map[string]int{}
	add := func(name, subject, text, severity string, at placed) {
		key := name + "\x00" + subject
		issues = append(issues, codeQuality{
			Description: text, CheckName: name, Fingerprint: fingerprintOf(name, subject, seen[key]), Severity: severity,
			Location: qualityPlace{Path: at.orFallback().file, Lines: qualityLines{Begin: max(at.line, 1)}},
		})
		seen[key]++
	}
	for i := range r.Causes {
		c := &r.Causes[i]
		severity, text := qualityCertain[c.Severity], c.Message
		if !c.Certain() {
			severity, text = qualityUndecided[c.Severity], undetermined+c.Message
		}
		if c.Fix.Text != "" {
			text += ". Fix: " + firstLine(c.Fix.Text)
		}
		add(c.ID, c.Subject, text, severity, o.locate(findingOf(c)))
	}
	for _, result := range r.Results {
		if incomplete(result) {
			add(result.ID, "check:"+result.ID, undetermined+result.Title+": "+result.Reason, qualityUndecided[result.Severity], o.anchor())
		}
		for _, f := range result.Findings {
			if f.Waived != nil {
				add(result.ID, f.Subject, "Waived: "+f.Message+" ("+excuse(f.Waived)+")", "info", o.locate(f))
			}
		}
	}
	for _, n := range notices(r) {
		add(r.Tool.Name, n.label, n.String(), "info", o.locate(n.at))
	}
	for _, note := range r.Notes {
		add(r.Tool.Name, "note", "note: "+note, "info", o.anchor())
	}
	return issues
}

func writeQuality(w io.Writer, issues []codeQuality) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(issues)
}

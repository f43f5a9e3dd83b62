package report

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks"
)

// sarifResults are the findings of a check, or that it could not be told.
func sarifResults(r checks.Result, o Options) []*sarif.Result {
	if r.Status == checks.Unknown && len(r.Findings) == 0 {
		return []*sarif.Result{undecidedResult(r.ID, r.Reason).
			WithLocations(sarifLocations(o.anchor(), "check:"+r.ID)).
			WithPartialFingerprints(fingerprint(r.ID, "", 0))}
	}
	seen := map[string]int{}
	var all []*sarif.Result
	for _, f := range r.Findings {
		one := sarifFinding(r, f).
			WithLocations(sarifLocations(o.locate(f), f.Subject)).
			WithPartialFingerprints(fingerprint(r.ID, f.Subject, seen[f.Subject]))
		seen[f.Subject]++
		all = append(all, one)
	}
	return all
}

func sarifFinding(r checks.Result, f checks.Finding) *sarif.Result {
	one := undecidedResult(r.ID, sarifMessage(f))
	if !f.Undecided {
		one.WithKind("fail").WithLevel(sarifLevels[r.Severity])
	}
	one.WithProperties(sarif.NewPropertyBag().Add("subject", f.Subject).Add("owner", f.Owner))
	if f.Waived != nil {
		one.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(sarifText(excuse(f.Waived))))
	}
	return one
}

// undecidedResult is the result of kind open: evaluated, without an answer.
func undecidedResult(id, message string) *sarif.Result {
	return sarif.NewRuleResult(id).WithKind("open").WithLevel("none").WithMessage(sarifWords(message))
}

func sarifMessage(f checks.Finding) string {
	parts := []string{f.Subject + ": " + f.Message}
	if f.Undecided {
		parts[0] = "Could not be told: " + parts[0]
	}
	for _, p := range []struct{ label, text string }{
		{"Hits", hitList(f)}, {"Found", f.Found}, {"Expected", f.Expected}, {"Fix", f.Fix}, {"Who", owners[f.Owner]},
	} {
		if p.text != "" {
			parts = append(parts, p.label+": "+p.text)
		}
	}
	return strings.Join(parts, "\n")
}

// sarifLocations is where a result is shown: in a file of the repository where
// it has one, and by its subject always.
func sarifLocations(at placed, subject string) []*sarif.Location {
	location := sarif.NewLocation().AddLogicalLocation(sarif.NewLogicalLocation().WithFullyQualifiedName(subject))
	if at.file == "" {
		return []*sarif.Location{location}
	}
	uri := (&url.URL{Path: at.file}).String()
	region := sarif.NewRegion().WithStartLine(max(at.line, 1))
	if at.line > 0 && at.column > 0 {
		region.WithStartColumn(at.column)
	}
	location.WithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewArtifactLocation().WithURI(uri).WithURIBaseID(sourceRoot)).
		WithRegion(region))
	return []*sarif.Location{location}
}

// fingerprint stays when a template gains lines above the finding, and from one
// release to the next: it holds the check, the subject and, where a subject has
// several findings, their order.
func fingerprint(id, subject string, n int) map[string]string {
	sum := sha256.Sum256([]byte(strings.Join([]string{id, subject, strconv.Itoa(n)}, "\x00")))
	return map[string]string{"pantherPreflight/v1": hex.EncodeToString(sum[:16])}
}

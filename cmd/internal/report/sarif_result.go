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

// relatedLimit is how many more places of a cause a result names: readers show a
// few, and a file may not be larger than they take.
const relatedLimit = 20

// sarifResults are what a check has to say: the causes that it names first, what
// is waived, or that it could not be determined.
func sarifResults(r *checks.Report, result checks.Result, o Options) []*sarif.Result {
	seen := map[string]int{}
	var all []*sarif.Result
	if incomplete(result) {
		all = append(all, undecidedResult(result.ID, result.Reason).
			WithLocations(sarifLocations(o.anchor(), "check:"+result.ID)).
			WithPartialFingerprints(fingerprint(result.ID, "", 0)))
	}
	add := func(one *sarif.Result, f checks.Finding) {
		all = append(all, one.WithLocations(sarifLocations(o.locate(f), f.Subject)).
			WithPartialFingerprints(fingerprint(result.ID, f.Subject, seen[f.Subject])))
		seen[f.Subject]++
	}
	for i := range r.Causes {
		if c := &r.Causes[i]; c.ID == result.ID {
			add(sarifCause(c, o), findingOf(c))
		}
	}
	for _, f := range result.Findings {
		if f.Waived != nil {
			add(sarifWaived(result, f), f)
		}
	}
	return all
}

func sarifCause(c *checks.Cause, o Options) *sarif.Result {
	one := undecidedResult(c.ID, sarifMessage(c))
	if c.Certain() {
		one.WithKind("fail").WithLevel(sarifLevels[c.Severity])
	}
	one.WithProperties(sarif.NewPropertyBag().Add("subject", c.Subject).Add("owner", c.Owner).Add("checks", c.Checks).Add("findings", c.Findings))
	places := c.Places()
	for _, p := range places[min(1, len(places)):min(relatedLimit, len(places))] {
		at := o.locate(checks.Finding{File: p.File, Line: p.Line, Column: p.Column})
		one.AddRelatedLocation(sarifLocations(at, p.Subject)[0])
	}
	return one
}

func sarifWaived(r checks.Result, f checks.Finding) *sarif.Result {
	one := undecidedResult(r.ID, f.Subject+": "+f.Message)
	if !f.Undecided {
		one.WithKind("fail").WithLevel(sarifLevels[r.Severity])
	}
	return one.WithProperties(sarif.NewPropertyBag().Add("subject", f.Subject).Add("owner", f.Owner)).
		AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(sarifText(excuse(f.Waived))))
}

// undecidedResult is the result of kind open: evaluated, without an answer.
func undecidedResult(id, message string) *sarif.Result {
	return sarif.NewRuleResult(id).WithKind("open").WithLevel("none").WithMessage(sarifWords(message))
}

func sarifMessage(c *checks.Cause) string {
	parts := []string{c.Subject + ": " + c.Message}
	if !c.Certain() {
		parts[0] = undetermined + parts[0]
	}
	if text := affects(c); text != "" {
		parts = append(parts, "Affects: "+text)
	}
	if c.Fix.Text != "" {
		parts = append(parts, "Fix: "+c.Fix.Text)
	}
	for _, other := range c.Fix.Alternatives {
		parts = append(parts, "Or: "+other)
	}
	return strings.Join(append(parts, "Owner: "+owners[c.Owner]), "\n")
}

// sarifLocations is where a result is shown: in a file always, as readers pass
// over a result without one, and by its subject.
func sarifLocations(at placed, subject string) []*sarif.Location {
	at = at.orFallback()
	uri := (&url.URL{Path: at.file}).String()
	region := sarif.NewRegion().WithStartLine(max(at.line, 1))
	if at.line > 0 && at.column > 0 {
		region.WithStartColumn(at.column)
	}
	return []*sarif.Location{sarif.NewLocation().
		AddLogicalLocation(sarif.NewLogicalLocation().WithFullyQualifiedName(subject)).
		WithPhysicalLocation(sarif.NewPhysicalLocation().
			WithArtifactLocation(sarif.NewArtifactLocation().WithURI(uri).WithURIBaseID(sourceRoot)).
			WithRegion(region))}
}

// fingerprint is under the one name that code scanning reads. It stays when a
// template gains lines above the cause, and from one release to the next.
func fingerprint(id, subject string, n int) map[string]string {
	return map[string]string{"primaryLocationLineHash": fingerprintOf(id, subject, n)}
}

// fingerprintOf holds the check, the subject and, where a subject has several
// results, their order.
func fingerprintOf(id, subject string, n int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{id, subject, strconv.Itoa(n)}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

package report

import (
	"encoding/json"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
)

// JSON writes the report as the document of docs/report.schema.json.
func JSON(w io.Writer, r *checks.Report, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

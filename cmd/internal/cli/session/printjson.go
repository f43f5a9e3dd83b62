package session

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// PrintJSON writes a result without the credentials of the URLs in it, such as
// one that an answer of AWS quotes.
func (a *Session) PrintJSON(value any) error {
	safetext.HideIn(&value)
	encoder := json.NewEncoder(a.Out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("render the result: %w", err)
	}
	return nil
}

func WriteAll(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

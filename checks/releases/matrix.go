package releases

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Matrix is matrix.json as Go code reads it. Its versions have no leading v.
type Matrix struct {
	Provenance map[string]string `json:"provenance"`
	Minors     []Minor           `json:"minors"`
	Regions    []struct {
		From  string   `json:"from"`
		Names []string `json:"names"`
	} `json:"regions"`
	ChinaRegions []string   `json:"china_regions"`
	ProxyRegions []string   `json:"proxy_regions"`
	Required     []Required `json:"required"`
	Ranges       []struct {
		Name    string   `json:"name"`
		Default string   `json:"default"`
		Min     *float64 `json:"min"`
		Max     *float64 `json:"max"`
		Values  []int    `json:"values"`
	} `json:"ranges"`
	Parameters []Parameter `json:"parameters"`
	// Standing are the parameters that every version of an entry template has.
	Standing []struct {
		Entry string   `json:"entry"`
		Names []string `json:"names"`
	} `json:"standing"`
	PipIncluded struct {
		From      string   `json:"from"`
		Libraries []string `json:"libraries"`
	} `json:"pip_included"`
	APICertificate struct {
		From string `json:"from"`
	} `json:"api_certificate"`
	Pulumi struct {
		From    string `json:"from"`
		Project string `json:"project"`
	} `json:"pulumi"`
	// Artifacts are the forms of the URLs of what a release publishes.
	Artifacts struct {
		Template string `json:"template"`
		Proxy    string `json:"proxy"`
		Role     string `json:"role"`
	} `json:"artifacts"`
	Role struct {
		Stack      string   `json:"stack"`
		Parameters []string `json:"parameters"`
	} `json:"role"`
	Migrations []Migration `json:"migrations"`
}

// Minor is one minor release with the patch to land on.
type Minor struct {
	Minor string `json:"minor"`
	Patch string `json:"patch"`
}

// Required is a parameter that must have a value from a version on.
type Required struct {
	Name  string `json:"name"`
	From  string `json:"from"`
	Entry string `json:"entry"`
}

// Parameter is a parameter of the entry template that came, or went, with a
// version. Value is what to give it when it appears, With the parameter without
// which it means nothing.
type Parameter struct {
	Name  string `json:"name"`
	From  string `json:"from"`
	Until string `json:"until"`
	With  string `json:"with"`
	Value string `json:"value"`
	About string `json:"about"`
}

// Migration is something to do beside the update itself. It belongs to the
// upgrade that reaches From, to every one from then on where Every is set, and
// to the first one before Until that finds it undone. Entry is the entry
// template that it concerns: panther, proxy or any. The texts hold
// {placeholders}.
type Migration struct {
	ID       string   `json:"id"`
	From     string   `json:"from"`
	Until    string   `json:"until"`
	Phase    string   `json:"phase"`
	Every    bool     `json:"every"`
	Last     bool     `json:"last"`
	Entry    string   `json:"entry"`
	When     string   `json:"when"`
	Title    string   `json:"title"`
	Why      string   `json:"why"`
	Commands []string `json:"commands"`
}

// Read reads the built-in matrix.
func Read() (*Matrix, error) { return Builtin().Read() }

// Read reads a matrix. A key that the types above do not have is an error.
func (t Table) Read() (*Matrix, error) {
	decoder := json.NewDecoder(bytes.NewReader(t.text))
	decoder.DisallowUnknownFields()
	m := &Matrix{}
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("read the release matrix: %w", err)
	}
	return m, nil
}

// Patch is the recommended patch of a minor such as 1.31.
func (m *Matrix) Patch(minor string) (string, bool) {
	for _, known := range m.Minors {
		if known.Minor == minor {
			return known.Patch, true
		}
	}
	return "", false
}

package releases

import (
	"bytes"
	"encoding/json"
	"testing"
)

// The shape of matrix.json; a misspelt key fails here rather than silently
// turning off a policy.
type shape struct {
	Provenance map[string]string `json:"provenance"`
	Minors     []struct{ Minor, Patch string }
	Regions    []struct {
		From  string
		Names []string
	}
	ChinaRegions []string                             `json:"china_regions"`
	ProxyRegions []string                             `json:"proxy_regions"`
	Required     []struct{ Name, From, Entry string } `json:"required"`
	Ranges       []struct {
		Name, Default string
		Min, Max      *float64
		Values        []int
	}
	Parameters  []struct{ Name, From, Until string }
	PipIncluded struct {
		From      string
		Libraries []string
	} `json:"pip_included"`
	APICertificate struct{ From string }          `json:"api_certificate"`
	Pulumi         struct{ From, Project string } `json:"pulumi"`
}

func TestMatrix(t *testing.T) {
	decoder := json.NewDecoder(bytes.NewReader(matrix))
	decoder.DisallowUnknownFields()
	var m shape
	if err := decoder.Decode(&m); err != nil {
		t.Fatal(err)
	}
	data, err := Data()
	if err != nil {
		t.Fatal(err)
	}
	if len(data["releases"].(map[string]any)["minors"].([]any)) != len(m.Minors) {
		t.Fatal("the policies see another matrix")
	}
	for i, minor := range m.Minors {
		v, err := Parse(minor.Patch)
		if err != nil {
			t.Fatal(err)
		}
		if v.Minor() != uint64(10+i) || minor.Minor+"." != minor.Patch[:len(minor.Minor)+1] {
			t.Errorf("%+v: a minor is missing or out of order", minor)
		}
	}
	for i := 1; i < len(m.Regions); i++ {
		a, errA := Parse(m.Regions[i-1].From)
		b, errB := Parse(m.Regions[i].From)
		if errA != nil || errB != nil || !a.LessThan(b) {
			t.Errorf("regions from %s do not follow %s", m.Regions[i].From, m.Regions[i-1].From)
		}
	}
}

func TestParse(t *testing.T) {
	for _, bad := range []string{"", "1.2", "v1", "latest", "1.2.3.4", "v01.2.3", " 1.2.3", "1.2.x"} {
		if v, err := Parse(bad); err == nil {
			t.Errorf("%q is read as %s", bad, v)
		}
	}
	for in, want := range map[string]string{"v1.31.1": "v1.31.1", "1.30.5": "v1.30.5", "1.16.0-RC1": "v1.16.0-RC1"} {
		if got, err := Normal(in); err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

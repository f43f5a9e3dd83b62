package releases

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestMatrix(t *testing.T) {
	m, err := Read()
	if err != nil {
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

// TestSpans demands versions where versions stand, and that every migration
// says when and for what it is.
func TestSpans(t *testing.T) {
	m, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Parameters {
		span(t, p.Name, p.From, p.Until)
	}
	placeholder := regexp.MustCompile(`\{[^}]*\}`)
	ids := map[string]bool{}
	for _, g := range m.Migrations {
		span(t, g.ID, g.From, g.Until)
		if ids[g.ID] || g.ID == "" || g.Title == "" || g.Why == "" {
			t.Errorf("migration %q: twice, or without id, title or why", g.ID)
		}
		ids[g.ID] = true
		if !slices.Contains([]string{"any", "panther", "proxy"}, g.Entry) {
			t.Errorf("migration %s: entry %q", g.ID, g.Entry)
		}
		if !slices.Contains([]string{"before", "after"}, g.Phase) {
			t.Errorf("migration %s: phase %q", g.ID, g.Phase)
		}
		for _, p := range placeholder.FindAllString(strings.Join(g.Commands, " ")+g.Title, -1) {
			if p != strings.ToLower(p) || strings.Contains(p, " ") {
				t.Errorf("migration %s: placeholder %s", g.ID, p)
			}
		}
	}
}

func span(t *testing.T, name, from, until string) {
	t.Helper()
	a, err := Parse(from)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if until == "" {
		return
	}
	if b, err := Parse(until); err != nil || !a.LessThan(b) {
		t.Errorf("%s: from %s until %s (%v)", name, from, until, err)
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

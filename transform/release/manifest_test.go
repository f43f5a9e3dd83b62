package release

import (
	"strings"
	"testing"
)

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]Version{"v1.31.1": "v1.31.1", "1.31.1": "v1.31.1", "1.2.3-rc.1": "v1.2.3-rc.1"} {
		if got, err := ParseVersion(text); err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "v1", "1.2", "../1.2.3", "v1.2.3/x", "1.2.3-", "01.2.3", "v1.2.3-a.", "latest"} {
		if got, err := ParseVersion(text); err == nil {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}

func TestManifestRoundTripIsSorted(t *testing.T) {
	sha := strings.Repeat("a", 64)
	m := Manifest{Release: "v1.2.3", Objects: []Record{{Key: "b", SHA256: sha, Kind: Asset}, {Key: "a", Size: 1, SHA256: sha, Kind: Entry}}}
	text, err := m.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseManifest(text, "v1.2.3")
	if err != nil || back.Objects[0].Key != "a" || back.Digests()["b"] != sha {
		t.Errorf("%+v, %v", back, err)
	}
	if !back.Extends(&Manifest{Objects: back.Objects[:1]}) || back.Extends(&Manifest{Objects: []Record{{Key: "c", SHA256: sha}}}) {
		t.Error("a manifest extends exactly those that say nothing else")
	}
}

func TestParseManifestRefuses(t *testing.T) {
	record := `{"key": "a", "size": 1, "sha256": "` + strings.Repeat("a", 64) + `", "kind": "asset"}`
	good := `{"schema_version": 1, "release": "v1.2.3", "objects": [` + record + `]}`
	if _, err := ParseManifest([]byte(good), "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "[]", `{"schema_version": 2, "release": "v1.2.3"}`, strings.Replace(good, "v1.2.3", "v1.2.4", 1),
		strings.Replace(good, `"a", "size"`, `"../a", "size"`, 1), strings.Replace(good, "aaa", "AAA", 1),
		strings.Replace(good, record, record+","+record, 1), strings.Replace(good, `"size": 1`, `"size": -1`, 1),
	} {
		if _, err := ParseManifest([]byte(text), "v1.2.3"); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(`{"schema_version": 1, "release": "v1.2.3", "objects": [{"key": "a", "size": 1, "sha256": "00"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseManifest(text, "v1.2.3")
		if err == nil && m.Release != "v1.2.3" {
			t.Fatalf("accepted %q", text)
		}
	})
}

package release

import (
	"encoding/json"
	"strings"
	"testing"
)

const soundManifest = `{"schema_version": 1, "release": "v1.2.3", "bucket": "b", "objects": [
 {"key": "v1.2.3/panther.yml", "size": 3, "sha256": "` + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" + `", "etag": "e", "kind": "entry", "referenced_by": ["x:1:1"]}
], "images": ["i"]}`

func TestAManifestIsReadStrictly(t *testing.T) {
	if _, err := ParseManifest([]byte(soundManifest), "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string][2]string{
		"a second document":         {`["i"]}`, `["i"]} {}`},
		"text behind":               {`["i"]}`, `["i"]} x`},
		"a doubled name":            {`"bucket": "b"`, `"bucket": "b", "bucket": "c"`},
		"a doubled name of records": {`"size": 3`, `"size": 3, "size": 4`},
		"another letter case":       {`"sha256"`, `"SHA256"`},
		"an unknown name":           {`"etag"`, `"Etag2"`},
		"an unknown kind":           {`"entry"`, `"Entry"`},
		"a doubled list":            {`"images"`, `"objects": [], "images"`},
		"an escaped doubled name":   {`"size": 3`, `"size": 3, "\u0073ize": 4`},
		"a record that is a list": {`[
 {`, `[[], {`},
		"an object as a text": {`"key": "v1.2.3/panther.yml"`, `"key": {"a": 1}`},
		"no text":             {`["x:1:1"]`, `[1]`},
		"null":                {`"etag": "e"`, `"etag": null`},
		"invalid UTF-8":       {`"e"`, "\"\xff\""},
		"a fraction":          {`"size": 3`, `"size": 3.5`},
		"cut off":             {`], "images": ["i"]}`, `]`},
	} {
		text := strings.Replace(soundManifest, change[0], change[1], 1)
		if text == soundManifest {
			t.Fatalf("%s: nothing changed", what)
		}
		if _, err := ParseManifest([]byte(text), "v1.2.3"); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}

// FuzzManifestReadsTheSame holds that what is accepted reads the same once written.
func FuzzManifestReadsTheSame(f *testing.F) {
	f.Add([]byte(soundManifest))
	f.Add([]byte(`{"objects": [{}]}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseManifest(text, "v1.2.3")
		if err != nil {
			return
		}
		again, err := m.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		second, err := ParseManifest(again, "v1.2.3")
		if err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
		one, _ := json.Marshal(m.Records())
		two, _ := json.Marshal(second.Records())
		if string(one) != string(two) {
			t.Fatalf("%s\n%s", one, two)
		}
	})
}

package registry

import (
	"strings"
	"testing"
)

func TestReader(t *testing.T) {
	for text, sound := range map[string]bool{
		`{"properties":{"A":{"type":["string","object"],"enum":["a",1,true],"minLength":1,"pattern":"\\d\u003c"}}}`: true,
		`{"properties":{"A":{"type":"strin"}}}`:    false,
		`{"properties":{"A":{"unheard":1}}}`:       false,
		`{"properties":{"A":{"minLength":"a"}}}`:   false,
		`{"properties":{"A":{"$ref":"Nothing"}}}`:  false,
		`{"properties":{"A":{"uniqueItems":yes}}}`: false,
		`{"required":["A",]}`:                      false,
		`{"required":["A"}`:                        false,
		`{"required":["A"]} `:                      false,
		`{"required":["A`:                          false,
		`{`:                                        false,
		``:                                         false,
		strings.Repeat(`{"not":`, 5000):            false,
	} {
		f := &form{base: text}
		d, err := f.read(0)
		if err == nil {
			_, err = decode("A::B::C", d, nil)
		}
		if (err == nil) != sound {
			t.Errorf("%.60s: %v", text, err)
		}
	}
}

// Whatever stands in an entry, reading it ends, without a panic, and what was
// read answers.
func FuzzDecode(f *testing.F) {
	f.Add("=D\t{\"type\":\"object\",\"properties\":{\"A\":{\"$ref\":\"D\"}}}\nT\t{\"properties\":{\"P\":{\"$ref\":\"D\"}},\"tagging\":{\"taggable\":false}}\n\t3\t{\"properties\":{\"P\":null}}\n")
	f.Add("T\t{\"readOnlyProperties\":[\"A.B\"],\"oneOf\":[{\"required\":[\"A\"]}],\"additionalProperties\":false}\n")
	f.Add("T\t{\"properties\":{\"A\":{\"items\":{\"enum\":[\"\\\\\\u003c\",1.5,true]}}}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseNamespace(text)
		if err != nil {
			return
		}
		for name, form := range n.types {
			for _, region := range []uint64{0, 1} {
				d, err := form.read(region)
				if err != nil {
					continue
				}
				typ, err := decode("A::B::"+name, d, n.shared)
				if err != nil {
					continue
				}
				typ.Property("P.A[0].A")
				typ.Attribute("A.B")
				typ.Naming()
				for range typ.Paths() {
					break
				}
			}
		}
	})
}

package transform

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// BenchmarkParse is what BenchmarkTransform is measured against: reading the
// templates of the release, and nothing more.
func BenchmarkParse(b *testing.B) {
	files := reached(b)
	for b.Loop() {
		for name, text := range files {
			if _, err := yamldoc.Parse(name, text); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkTransform(b *testing.B) {
	files := reached(b)
	for b.Loop() {
		r, err := Run(Release{Entry: "root.yml", Files: files}, Options{Region: "cn-north-1", Bucket: "acme-panther"})
		if err != nil || r.Error != nil {
			b.Fatal(err, r.Error)
		}
	}
}

// reached are the templates that the entry reaches.
func reached(b *testing.B) map[string][]byte {
	all := readFolder(b, corpusDir)
	p, err := newPass(Release{Entry: "root.yml", Files: all}, Options{Region: "cn-north-1", Bucket: "acme-panther"})
	if err != nil {
		b.Fatal(err)
	}
	if err := p.load(); err != nil {
		b.Fatal(err)
	}
	files := map[string][]byte{}
	for _, t := range p.order {
		files[t.file] = all[t.file]
	}
	return files
}

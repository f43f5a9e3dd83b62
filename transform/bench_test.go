package transform

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/plan"
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
		r, err := Run(plan.Release{Entry: "root.yml", Files: files}, plan.Options{Region: "cn-north-1", Bucket: "acme-panther"})
		if err != nil || r.Error != nil {
			b.Fatal(err, r.Error)
		}
	}
}

// reached are the templates that the entry reaches.
func reached(b *testing.B) map[string][]byte {
	all := readFolder(b, corpusDir)
	p, err := plan.Load(plan.Release{Entry: "root.yml", Files: all}, plan.Options{Region: "cn-north-1", Bucket: "acme-panther"})
	if err != nil {
		b.Fatal(err)
	}
	files := map[string][]byte{}
	for _, t := range p.Order {
		files[t.File] = all[t.File]
	}
	return files
}

package s3copy

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// benchSizes is a release as large as real ones are: 500 × 1 MiB + 4 × 256 MiB.
func benchSizes() (map[string]int, int64) {
	sizes, total := map[string]int{}, int64(0)
	for i := range 500 {
		sizes[fmt.Sprintf("small-%03d", i)] = 1 << 20
	}
	for i := range 4 {
		sizes[fmt.Sprintf("large-%d", i)] = 256 << 20
	}
	for _, size := range sizes {
		total += int64(size)
	}
	return sizes, total
}

func near() bool { return true }

func BenchmarkUpload(b *testing.B) {
	server := s3test.Start(b, s3test.Options{})
	dir := b.TempDir()
	sizes, total := benchSizes()
	writeFiles(b, dir, sizes)
	folder, err := OpenFolder(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(total)
	for i := 0; b.Loop(); i++ {
		name := fmt.Sprintf("bench-%d", i)
		server.Bucket(b, name)
		c := Copier{From: folder, To: remote(b, server, "", name), Local: true, Near: near, Observer: silent{}}
		if err := failures(c.Execute(context.Background(), ops(b, folder))); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDownload(b *testing.B) {
	server := s3test.Start(b, s3test.Options{})
	sizes, total := benchSizes()
	server.Bucket(b, "bench")
	from := remote(b, server, "", "bench")
	source := b.TempDir()
	writeFiles(b, source, sizes)
	folder, err := OpenFolder(source)
	if err != nil {
		b.Fatal(err)
	}
	fill := Copier{From: folder, To: from, Local: true, Near: near, Observer: silent{}}
	if err := failures(fill.Execute(context.Background(), ops(b, folder))); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(total)
	for b.Loop() {
		b.StopTimer()
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			b.Fatal(err)
		}
		folder, err := CreateFolder(dir)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		c := Copier{From: from, To: folder, Near: near, Observer: silent{}}
		if err := failures(c.Execute(context.Background(), ops(b, from))); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		os.RemoveAll(dir)
		b.StartTimer()
	}
}

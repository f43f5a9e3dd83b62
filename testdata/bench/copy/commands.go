package main

import (
	"path/filepath"
	"slices"
)

// command is one thing measured.
type command struct {
	name, way string
	args      []string
	empties   string // a folder emptied before
}

// ours is the name of what the command is compared with.
func (c command) ours() string { return "release " + c.way }

func (b *bench) commands(l link, endpoint string) []command {
	at := func(name string) string { return filepath.Join(b.dir, name) }
	service := []string{"--endpoint-url", endpoint}
	region := append(slices.Clone(service), "--region", "us-east-1")
	ours := func(args ...string) []string {
		return slices.Concat([]string{b.program, "release", args[0]}, region, []string{"--bucket", "bench-ours", "--release", version}, args[1:])
	}
	list := []command{
		{"release upload", "upload", ours("upload", "--yes", "--dir", at("release")), "buckets/bench-ours"},
		{"release download", "download", ours("download", "--dir", at("ours")), "ours"},
	}
	add := func(name string, up, down []string) {
		list = append(list, command{name + ", upload", "upload", up, "buckets/bench-" + name}, command{name + ", download", "download", down, name})
	}
	if b.s5cmd != "" {
		s5cmd := slices.Concat([]string{b.s5cmd, "--log", "error"}, service, []string{"cp"})
		add("s5cmd", append(slices.Clone(s5cmd), at("release")+"/", "s3://bench-s5cmd/"), append(slices.Clone(s5cmd), "s3://bench-s5cmd/*", at("s5cmd")+"/"))
	}
	if b.aws {
		cp := slices.Concat([]string{"aws"}, region, []string{"s3", "cp", "--recursive", "--quiet"})
		add("aws", append(slices.Clone(cp), at("release"), "s3://bench-aws/"), append(slices.Clone(cp), "s3://bench-aws/", at("aws")))
	}
	if l.delay > 0 && !l.tls {
		fixed := func(way string) []string {
			return []string{b.workers, "-as-workers", way, endpoint, at("release"), at("fixed")}
		}
		add("fixed", fixed("upload"), fixed("download"))
	}
	return list
}

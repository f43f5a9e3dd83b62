// Command copy measures how fast a release is carried: 500 objects of 1 MiB and
// 4 of 256 MiB, both ways, side by side with `aws s3 cp --recursive` in one run
// against one local S3 server, over http and then with 200 ms added to every
// request, where 256 fixed workers are the measure. It prints Markdown tables.
//
//	go run ./testdata/bench/copy [-dir /dev/shm] [-rounds 3] [-small 500] [-large 4]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type bench struct {
	dir, program, workers string
	endpoint              string
	bytes                 int64
	rounds                int
	env                   []string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench-copy:", err)
		os.Exit(1)
	}
}

func run() error {
	base := flag.String("dir", os.TempDir(), "folder to work in; one in memory keeps the disk out of the figures")
	rounds := flag.Int("rounds", 3, "rounds; the median counts")
	small := flag.Int("small", 500, "objects of 1 MiB")
	large := flag.Int("large", 4, "objects of 256 MiB")
	workers := flag.String("as-workers", "", "")
	flag.Parse()
	if *workers != "" {
		return fixedWorkers(*workers, flag.Args())
	}
	dir, err := os.MkdirTemp(*base, "bench-copy")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, rounds: *rounds, env: environment()}
	if err := b.build(); err != nil {
		return err
	}
	if b.bytes, err = makeRelease(filepath.Join(dir, "release"), *small, *large); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	server, err := b.serve(ctx)
	if err != nil {
		return err
	}
	for _, delay := range []time.Duration{0, 200 * time.Millisecond} {
		b.endpoint = server
		if delay > 0 {
			if b.endpoint, err = delayed(server, delay); err != nil {
				return err
			}
		}
		if err := b.compare(delay); err != nil {
			return err
		}
	}
	return nil
}

// compare prints the table of one link.
func (b *bench) compare(delay time.Duration) error {
	seen := map[string][]sample{}
	for round := range b.rounds {
		commands := b.commands(delay)
		if round%2 == 1 {
			slices.Reverse(commands) // what runs after what must not decide
		}
		for _, c := range commands {
			s, err := b.measure(c)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			seen[c.name] = append(seen[c.name], s)
		}
	}
	fmt.Printf("\n%d MiB, %v added to every request, %d rounds\n\n", b.bytes>>20, delay, b.rounds)
	fmt.Println("| what | MiB/s, median | CPU s, client | peak memory MiB | ratio |")
	fmt.Println("|---|---|---|---|---|")
	for _, c := range b.commands(delay) {
		s := median(seen[c.name])
		ratio := s.rate(b.bytes) / median(seen[c.against]).rate(b.bytes)
		fmt.Printf("| %s | %.0f | %.1f | %d | %.2f × %s |\n", c.name, s.rate(b.bytes), s.cpu.Seconds(), s.memory>>20, ratio, c.against)
	}
	return nil
}

// command is one thing measured, and what it is compared with.
type command struct {
	name, against string
	args          []string
	empties       string // a folder emptied before
}

func (b *bench) commands(delay time.Duration) []command {
	endpoint := []string{"--endpoint-url", b.endpoint, "--region", "us-east-1"}
	at := func(name string) string { return filepath.Join(b.dir, name) }
	ours := func(args ...string) []string { return slices.Concat([]string{b.program}, endpoint, args) }
	aws := func(args ...string) []string {
		return slices.Concat([]string{"aws"}, endpoint, []string{"s3", "cp", "--recursive", "--quiet"}, args)
	}
	fixed := func(way string) []string {
		return []string{b.workers, "-as-workers", way, b.endpoint, at("release"), at("fixed")}
	}
	list := []command{
		{"aws s3 cp, upload", "aws s3 cp, upload", aws(at("release"), "s3://bench-aws/"), "buckets/bench-aws"},
		{"release upload", "aws s3 cp, upload", ours("release", "upload", "--yes", "--bucket", "bench-ours", "--release", version, "--dir", at("release")), "buckets/bench-ours"},
		{"aws s3 cp, download", "aws s3 cp, download", aws("s3://bench-aws/", at("aws")), "aws"},
		{"release download", "aws s3 cp, download", ours("release", "download", "--bucket", "bench-ours", "--release", version, "--dir", at("ours")), "ours"},
	}
	if delay == 0 {
		return list
	}
	return append(list,
		command{"256 fixed workers, upload", "release upload", fixed("upload"), "buckets/bench-fixed"},
		command{"256 fixed workers, download", "release download", fixed("download"), "fixed"})
}

type sample struct {
	wall, cpu time.Duration
	memory    int64
}

func (s sample) rate(bytes int64) float64 { return float64(bytes) / (1 << 20) / s.wall.Seconds() }

func median(all []sample) sample {
	slices.SortFunc(all, func(a, b sample) int { return int(a.wall - b.wall) })
	return all[len(all)/2]
}

func (b *bench) measure(c command) (sample, error) {
	if err := empty(filepath.Join(b.dir, c.empties)); err != nil {
		return sample{}, err
	}
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env = b.env
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("%w: %s", err, lastLines(string(out)))
	}
	return sample{time.Since(began), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakMemory(cmd.ProcessState)}, nil
}

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}

// empty removes what is in a folder, which may not be there.
func empty(dir string) error {
	found, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	for _, e := range found {
		err = os.RemoveAll(filepath.Join(dir, e.Name()))
	}
	return err
}

// Command copy measures how fast a release is carried: 500 objects of 1 MiB and
// 4 of 256 MiB, both ways, side by side with `aws s3 cp --recursive` and, where
// it is given, s5cmd, in one run against one local S3 server: over http, over
// https, and over each with 200 ms added to every request. What is measured takes
// turns, and a ratio is the median of those of the rounds: what else the machine
// does meets both. It prints Markdown tables.
//
//	go run ./testdata/bench/copy [-dir /dev/shm] [-rounds 3] [-s5cmd PROGRAM] [-links http,http+200ms,https,https+200ms]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

type bench struct {
	dir, program, workers string
	server, s5cmd         string
	aws                   bool
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
	small := flag.Int("small", 500, "objects of 1 MiB")
	large := flag.Int("large", 4, "objects of 256 MiB")
	over := flag.String("links", "http,http+200ms", "what to measure over: http, https, and each with a delay of every request")
	workers := flag.String("as-workers", "", "")
	b := &bench{env: environment()}
	flag.IntVar(&b.rounds, "rounds", 3, "rounds; the median counts")
	flag.StringVar(&b.s5cmd, "s5cmd", "", "s5cmd `PROGRAM` to measure beside")
	flag.BoolVar(&b.aws, "aws", true, "measure the AWS CLI beside")
	flag.StringVar(&b.server, "server", "", "built testdata/tools/s3server to measure against")
	flag.StringVar(&b.program, "program", "", "`PROGRAM` to measure in the place of the one built of this source")
	flag.Parse()
	if *workers != "" {
		return fixedWorkers(*workers, flag.Args())
	}
	var links []link
	for text := range strings.SplitSeq(*over, ",") {
		l, err := parseLink(text)
		if err != nil {
			return err
		}
		links = append(links, l)
	}
	dir, err := os.MkdirTemp(*base, "bench-copy")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b.dir = dir
	if err := b.build(); err != nil {
		return err
	}
	if b.bytes, err = makeRelease(filepath.Join(dir, "release"), *small, *large); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	for _, l := range links {
		if err := b.over(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// over measures everything over one link, with a server of its own.
func (b *bench) over(ctx context.Context, l link) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	endpoint, err := b.serve(ctx, l)
	if err != nil {
		return err
	}
	return b.compare(ctx, l, endpoint)
}

// compare prints the table of one link.
func (b *bench) compare(ctx context.Context, l link, endpoint string) error {
	seen := map[string][]sample{}
	for round := range b.rounds {
		commands := b.commands(l, endpoint)
		if round%2 == 1 {
			slices.Reverse(commands) // what runs after what must not decide
		}
		for _, c := range commands {
			s, err := b.measure(ctx, c)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			seen[c.name] = append(seen[c.name], s)
		}
	}
	fmt.Printf("\n%d MiB over %s, %d rounds\n\n", b.bytes>>20, l, b.rounds)
	fmt.Println("| what | MiB/s, median | client CPU s | peak memory MiB | rate to ours, median of the rounds (least … most) | CPU to ours |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, c := range b.commands(l, endpoint) {
		mine, peers := seen[c.ours()], seen[c.name]
		rates, cpu := ratios(peers, mine, func(s sample) float64 { return s.rate(b.bytes) }), ratios(peers, mine, func(s sample) float64 { return s.cpu.Seconds() })
		fmt.Printf("| %s | %.0f | %.1f | %d | %.2f (%.2f … %.2f) | %.2f |\n", c.name, middle(of(peers, func(s sample) float64 { return s.rate(b.bytes) })),
			middle(of(peers, func(s sample) float64 { return s.cpu.Seconds() })), int64(slices.Max(of(peers, func(s sample) float64 { return float64(s.memory) })))>>20,
			middle(rates), slices.Min(rates), slices.Max(rates), middle(cpu))
	}
	return nil
}

type sample struct {
	wall, cpu time.Duration
	memory    int64
}

func (s sample) rate(bytes int64) float64 { return float64(bytes) / (1 << 20) / s.wall.Seconds() }

func of(all []sample, value func(sample) float64) []float64 {
	var values []float64
	for _, s := range all {
		values = append(values, value(s))
	}
	return values
}

// ratios are those of each round.
func ratios(a, b []sample, value func(sample) float64) []float64 {
	all := of(a, value)
	for i, other := range of(b, value) {
		all[i] /= other
	}
	return all
}

func middle(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

func (b *bench) measure(ctx context.Context, c command) (sample, error) {
	if err := empty(filepath.Join(b.dir, c.empties)); err != nil {
		return sample{}, err
	}
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
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

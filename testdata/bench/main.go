// Command bench measures whole processes: the check of a release beside
// cfn-lint on the same templates, in one run, by the operating system's own
// accounting. It prints the table of docs/benchmarks.md.
//
//	go run ./testdata/bench -program bin/panther-preflight -release FOLDER
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// run is one finished process.
type run struct {
	cpu, wall time.Duration
	peakKiB   int64
}

func main() {
	program := flag.String("program", "bin/panther-preflight", "the program to measure")
	release := flag.String("release", "cmd/internal/example/release", "folder with root.yml and what it nests")
	runs := flag.Int("runs", 7, "counted runs of each command")
	flag.Parse()
	if err := bench(*program, *release, *runs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(program, release string, runs int) error {
	templates, err := nested(release)
	if err != nil {
		return err
	}
	check := []string{program, "check", "--template", release, "-p", "FirstUserEmail=admin@example.com",
		"--stack-name", "panther-prod", "--release", "v1.16.0", "--region", "us-east-1", "--offline", "--format", "json"}
	lint := append([]string{"cfn-lint", "--regions", "us-east-1", "--"}, templates...)
	commands := []struct {
		name string
		args []string
	}{{"check --offline", check}, {"cfn-lint", lint}, {"--help", []string{program, "--help"}}}
	fmt.Printf("%d templates, %d runs each in turn, median\n\n", len(templates), runs)
	fmt.Println("| command | CPU | wall | peak memory | CPU to cfn-lint's |\n|---|---|---|---|---|")
	measured := map[string][]run{}
	for i := range runs + 1 {
		for _, c := range commands {
			if _, err := exec.LookPath(c.args[0]); err != nil {
				continue
			}
			r, err := measure(c.args)
			if err != nil {
				return err
			}
			// The first round warms the file cache and is not counted.
			if i > 0 {
				measured[c.name] = append(measured[c.name], r)
			}
		}
	}
	peer := median(measured["cfn-lint"]).cpu
	for _, c := range commands {
		if len(measured[c.name]) == 0 {
			fmt.Printf("| `%s` | not installed here | | | |\n", c.name)
			continue
		}
		m := median(measured[c.name])
		ratio := "–"
		if peer > 0 {
			ratio = fmt.Sprintf("1/%.0f", float64(peer)/float64(m.cpu))
		}
		fmt.Printf("| `%s` | %d ms | %d ms | %d MiB | %s |\n", c.name, m.cpu.Milliseconds(), m.wall.Milliseconds(), m.peakKiB/1024, ratio)
	}
	return nil
}

func measure(args []string) (run, error) {
	cmd := exec.Command(args[0], args[1:]...)
	began := time.Now()
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return run{}, fmt.Errorf("start %s: %w", args[0], err)
	}
	r := run{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(began)}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peakKiB = usage.Maxrss
	}
	return r, nil
}

// median takes each figure's own median.
func median(runs []run) run {
	if len(runs) == 0 {
		return run{}
	}
	middle := func(less func(a, b run) int) run {
		sorted := slices.Clone(runs)
		slices.SortFunc(sorted, less)
		return sorted[len(sorted)/2]
	}
	return run{
		cpu:     middle(func(a, b run) int { return int(a.cpu - b.cpu) }).cpu,
		wall:    middle(func(a, b run) int { return int(a.wall - b.wall) }).wall,
		peakKiB: middle(func(a, b run) int { return int(a.peakKiB - b.peakKiB) }).peakKiB,
	}
}

// nested are the templates of a release folder: the entry, what lies beside it,
// and the auxiliary ones that it onboards with.
func nested(release string) ([]string, error) {
	var all []string
	for _, pattern := range []string{"*.yml", "auxiliary/cloudformation/panther-cloudsec-iam.yml",
		"auxiliary/cloudformation/panther-log-analysis-iam.yml", "auxiliary/cloudformation/panther-cloudwatch-events.yml"} {
		found, err := filepath.Glob(filepath.Join(release, pattern))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(f string) bool {
		// Neither is part of the release: settings of the vendor's build, and a
		// stack for its developers.
		return filepath.Base(f) == "panther_config.yml" || filepath.Base(f) == "dev.yml"
	})
	if len(all) == 0 {
		return nil, fmt.Errorf("no template in %s", release)
	}
	return all, nil
}

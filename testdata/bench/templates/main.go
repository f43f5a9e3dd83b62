// Command templates runs the checks of templates over folders of templates that
// others wrote, beside cfn-lint in one run, and prints the table of
// docs/benchmarks.md: what both find, what one of them finds, and for which rules
// of cfn-lint nothing is found. Whether a finding is right is for a person to
// say: those that cfn-lint does not share are listed with their words.
//
//	go run ./testdata/bench/templates -program bin/panther-preflight FOLDER…
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	program := flag.String("program", "bin/panther-preflight", "the program to measure")
	only := flag.String("only", "PF-TPL-001,PF-TPL-002,PF-TPL-005,PF-TPL-006", "the checks to run")
	rules := flag.String("rules", "E0,E100,E101,E102,E3004,E3005,E3006,E6,E7,E8", "beginnings of the cfn-lint rules to compare with")
	flag.Parse()
	if err := measure(*program, *only, strings.Split(*rules, ","), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "templates:", err)
		os.Exit(1)
	}
}

func measure(program, only string, rules, folders []string) error {
	if len(folders) == 0 {
		return fmt.Errorf("name a folder of templates")
	}
	fmt.Println("| folder | templates | both find | only ours | only cfn-lint | neither |\n|---|---|---|---|---|---|")
	var notes []string
	for _, folder := range folders {
		files, err := templates(folder)
		if err != nil {
			return err
		}
		ours, err := checked(program, only, files)
		if err != nil {
			return err
		}
		theirs, err := linted(files, rules)
		if err != nil {
			return err
		}
		row, more := compare(folder, files, ours, theirs)
		fmt.Println(row)
		notes = append(notes, more...)
	}
	fmt.Println("\n" + strings.Join(notes, "\n"))
	return nil
}

// templates are the files that have a Resources section.
func templates(folder string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !slices.Contains([]string{".yaml", ".yml", ".json", ".template"}, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil && (bytes.HasPrefix(text, []byte("Resources:")) || bytes.Contains(text, []byte("\nResources:")) || bytes.Contains(text, []byte(`"Resources"`))) {
			out = append(out, name)
		}
		return err
	})
	return out, err
}

// checked are the certain findings of each template, in words.
func checked(program, only string, files []string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, file := range files {
		text, err := exec.Command(program, "check", "--template", file, "--offline", "--no-deployment-role", "--release", "v1.16.0",
			"--region", "us-east-1", "--stack-name", "panther-x", "--format", "json", "--only", only).Output()
		var report struct {
			Results []struct {
				ID       string
				Findings []struct {
					Message   string
					Line      int
					Undecided bool
				}
			}
		}
		if json.Unmarshal(text, &report) != nil {
			out[file] = []string{fmt.Sprintf("refused: %v", err)}
			continue
		}
		for _, r := range report.Results {
			for _, f := range r.Findings {
				if !f.Undecided {
					out[file] = append(out[file], fmt.Sprintf("%s line %d: %s", r.ID, f.Line, f.Message))
				}
			}
		}
	}
	return out, nil
}

// linted are the errors of cfn-lint in each template, by rule.
func linted(files, rules []string) (map[string][]string, error) {
	text, _ := exec.Command("cfn-lint", append([]string{"--regions", "us-east-1", "--format", "json", "--"}, files...)...).Output()
	var matches []struct {
		Filename, Level string
		Rule            struct{ ID string }
	}
	if err := json.Unmarshal(text, &matches); err != nil {
		return nil, fmt.Errorf("read what cfn-lint says: %w", err)
	}
	out := map[string][]string{}
	for _, m := range matches {
		compared := slices.ContainsFunc(rules, func(r string) bool { return strings.HasPrefix(m.Rule.ID, r) })
		if m.Level == "Error" && compared && !slices.Contains(out[m.Filename], m.Rule.ID) {
			out[m.Filename] = append(out[m.Filename], m.Rule.ID)
		}
	}
	return out, nil
}

func compare(folder string, files []string, ours, theirs map[string][]string) (row string, notes []string) {
	var both, only, missed, neither int
	for _, file := range files {
		name := strings.TrimPrefix(file, folder)
		switch a, b := len(ours[file]) > 0, len(theirs[file]) > 0; {
		case a && b:
			both++
		case a:
			only++
			for _, words := range ours[file] {
				notes = append(notes, "- only ours: "+name+": "+words)
			}
		case b:
			missed++
			notes = append(notes, "- only cfn-lint: "+name+": "+strings.Join(theirs[file], ", "))
		default:
			neither++
		}
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %d |", filepath.Base(folder), len(files), both, only, missed, neither), notes
}

// Command newcheck writes the three files of a new check: the policy, its Rego
// test and its examples. They compile at once, and the test fails until the
// rule is written.
package main

import (
	"embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

//go:embed *.tmpl
var templates embed.FS

var (
	idForm   = regexp.MustCompile(`^PF-[A-Z]{3}-\d{3}$`)
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$`)
)

func main() {
	id := flag.String("id", "", "id of the check, PF-XXX-000")
	name := flag.String("name", "", "folder and file, area/name_of_the_rule")
	root := flag.String("root", "policies", "folder of the policies")
	flag.Parse()
	files, err := write(*root, *id, *name)
	if err != nil {
		fmt.Fprintln(os.Stderr, "newcheck:", err)
		os.Exit(2)
	}
	fmt.Println(strings.Join(files, "\n"))
}

func write(root, id, name string) ([]string, error) {
	switch {
	case !idForm.MatchString(id):
		return nil, fmt.Errorf("the id %q is not of the form PF-XXX-000", id)
	case !nameForm.MatchString(name) || strings.HasSuffix(name, "_test"):
		return nil, fmt.Errorf("the name %q is not of the form area/name_of_the_rule", name)
	}
	base := filepath.Join(root, filepath.FromSlash(name))
	area, rule, _ := strings.Cut(name, "/")
	data := map[string]string{"ID": id, "Area": area, "Rule": rule}
	parsed, err := template.ParseFS(templates, "*.tmpl")
	if err != nil {
		return nil, err
	}
	var written []string
	for _, f := range []struct{ tmpl, file string }{
		{"policy.tmpl", base + ".rego"}, {"test.tmpl", base + "_test.rego"}, {"examples.tmpl", base + ".yaml"},
	} {
		if _, err := os.Stat(f.file); err == nil {
			return written, fmt.Errorf("%s exists already", f.file)
		}
		var b strings.Builder
		if err := parsed.ExecuteTemplate(&b, f.tmpl, data); err != nil {
			return written, err
		}
		if err := os.MkdirAll(filepath.Dir(f.file), 0o755); err != nil {
			return written, err
		}
		if err := os.WriteFile(f.file, []byte(b.String()), 0o644); err != nil {
			return written, err
		}
		written = append(written, f.file)
	}
	return written, nil
}

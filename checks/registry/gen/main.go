// Command gen writes the archive that package registry embeds: the
// CloudFormation registry's schema of every resource type, with what each
// region has of it. It reads the folder of an installed cfn-lint, which carries
// the schemas of all regions, and no network; the same input gives the same
// bytes.
//
//	gen -schemas .../site-packages/cfnlint -out checks/registry/data.zip
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	schemas := flag.String("schemas", "", "the Python package of cfn-lint in `DIR`")
	out := flag.String("out", "checks/registry/data.zip", "the `FILE` to write")
	flag.Parse()
	if err := run(*schemas, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(schemas, out string) error {
	s, err := open(schemas)
	if err != nil {
		return err
	}
	types, err := s.types()
	if err != nil {
		return err
	}
	return writeArchive(out, s, types)
}

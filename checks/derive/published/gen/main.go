// Command gen writes the roles that package published embeds. It reads one JSON
// file of the role templates' statements by version and writes one gzip file;
// the same input gives the same bytes. The templates are those of the public
// repositories panther-labs/panther and panther-labs/panther-auxiliary at their
// tags.
//
//	go run ./checks/derive/published/gen deployment-roles.json checks/derive/published/roles.json.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
)

type in struct {
	Versions []struct {
		Source, Ref string
	}
	Managed    []string `json:"managedPolicyArns"`
	Statements []struct {
		Sid, Effect, ResourceKey string
		Actions, Resources       []string
		Condition                map[string]map[string]any
	}
}

type out struct {
	Versions   []string          `json:"versions"`
	Managed    []string          `json:"managed,omitempty"`
	Statements []json.RawMessage `json:"statements"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("two arguments are needed: the JSON of role templates and the file to write")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var all []in
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	var roles []out
	for _, one := range all {
		r, err := role(one)
		if err != nil {
			return err
		}
		if len(r.Versions) > 0 {
			roles = append(roles, r)
		}
	}
	plain, err := json.Marshal(roles)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(plain); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(args[1], packed.Bytes(), 0o644)
}

// role keeps what has a version: a state between two tags was never published.
func role(one in) (out, error) {
	r := out{Managed: one.Managed}
	for _, v := range one.Versions {
		if v.Source != "aux-commit" {
			r.Versions = append(r.Versions, v.Ref)
		}
	}
	for _, s := range one.Statements {
		statement := map[string]any{"Effect": s.Effect, "Action": s.Actions, s.ResourceKey: s.Resources}
		if s.Sid != "" {
			statement["Sid"] = s.Sid
		}
		if len(s.Condition) > 0 {
			statement["Condition"] = plain(s.Condition)
		}
		text, err := json.Marshal(statement)
		if err != nil {
			return r, err
		}
		r.Statements = append(r.Statements, text)
	}
	return r, nil
}

// plain takes Fn::Sub away: its variables are those that resources have.
func plain(conditions map[string]map[string]any) map[string]map[string]any {
	for _, keys := range conditions {
		for key, value := range keys {
			if call, is := value.(map[string]any); is {
				keys[key] = call["Fn::Sub"]
			}
		}
	}
	return conditions
}

package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

// index is what parsing and compiling the bundled policies tells of them.
type index struct {
	// Digest is of the texts: one changed byte, and nothing here is believed.
	Digest string    `json:"digest"`
	Checks []indexed `json:"checks"`
}

// indexed is one check.
type indexed struct {
	File  string      `json:"file"`
	Meta  checks.Meta `json:"meta"`
	Rules []string    `json:"rules"`
	Needs []string    `json:"needs"`
	// Partial are those of which a part suffices.
	Partial []string `json:"partial,omitempty"`
	// Libraries are the files of libraries that it reaches.
	Libraries []string `json:"libraries,omitempty"`
}

// BuildIndex compiles the bundled policies and writes down what that tells.
func BuildIndex(ctx context.Context, o Options) ([]byte, error) {
	texts, err := sources(o.Bundled, bundledRoot)
	if err != nil {
		return nil, err
	}
	l, err := Load(ctx, Options{Bundled: o.Bundled, Data: o.Data})
	if err != nil {
		return nil, err
	}
	e, err := l.Compile(ctx, nil)
	if err != nil {
		return nil, err
	}
	made := index{Digest: digest(texts)}
	for i, p := range e.set.policies {
		made.Checks = append(made.Checks, indexed{
			File: p.file, Meta: p.meta, Rules: slices.Sorted(maps.Keys(p.rules)), Needs: e.checks[i].needs, Partial: p.partial,
			Libraries: e.checks[i].libraries,
		})
	}
	text, err := json.MarshalIndent(made, "", " ")
	return append(text, '\n'), err
}

// digest tells one set of texts from every other.
func digest(texts []source) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%q %d\n%s", t.name, len(t.text), t.text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// fromIndex is the set that the index tells of, nil if it is of other texts.
func fromIndex(text []byte, texts []source) (*policySet, error) {
	var known index
	if err := json.Unmarshal(text, &known); err != nil {
		return nil, fmt.Errorf("read the index of the policies: %w", err)
	}
	if known.Digest != digest(texts) {
		return nil, nil
	}
	set := newSet()
	set.unparsed = texts
	for _, c := range known.Checks {
		p := policy{meta: c.Meta, file: c.File, rules: map[string]bool{}, needs: c.Needs, partial: c.Partial, libraries: c.Libraries}
		for _, name := range c.Rules {
			p.rules[name] = true
		}
		set.policies = append(set.policies, p)
	}
	return set, nil
}

// parsed is a set of these checks alone, with the libraries that they reach.
func (s *policySet) parsed(cs []*check) (*policySet, error) {
	wanted := map[string]bool{}
	for _, c := range cs {
		wanted[c.file] = true
		for _, file := range c.libraries {
			wanted[file] = true
		}
	}
	set := newSet()
	set.proven = true
	for _, t := range s.unparsed {
		if !wanted[t.name] {
			continue
		}
		if err := set.addFile(t.name, t.text, bundledRoot); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(set.policies, byID)
	return set, nil
}

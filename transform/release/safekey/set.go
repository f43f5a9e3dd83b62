package safekey

import (
	"fmt"
	"strings"
)

// Set is a set of keys that can stand in one folder together. The zero Set is
// empty and ready.
type Set struct {
	files   map[string]string // folded key → key
	folders map[string]string // folded path of a folder → the key that needs it
}

// Add checks the key and adds it. It refuses a key that a file system without
// letter case would take for another one, and one that is a folder of another.
func (s *Set) Add(key string) error {
	if err := Check(key); err != nil {
		return err
	}
	if s.files == nil {
		s.files, s.folders = map[string]string{}, map[string]string{}
	}
	folded := strings.ToLower(key)
	if other, ok := s.files[folded]; ok {
		if other == key {
			return nil
		}
		return &Error{Key: key, Reason: fmt.Sprintf("it differs from %q only in letter case", other)}
	}
	if other, ok := s.folders[folded]; ok {
		return &Error{Key: key, Reason: fmt.Sprintf("it is a folder of %q", other)}
	}
	return s.insert(key, folded)
}

func (s *Set) insert(key, folded string) error {
	var parents []string
	for i := range len(folded) {
		if folded[i] != '/' {
			continue
		}
		parent := folded[:i]
		if other, ok := s.files[parent]; ok {
			return &Error{Key: key, Reason: fmt.Sprintf("%q, which is a file, is a folder of it", other)}
		}
		if other, ok := s.folders[parent]; ok && other[:i] != key[:i] {
			return &Error{Key: key, Reason: fmt.Sprintf("its folder differs from that of %q only in letter case", other)}
		}
		parents = append(parents, parent)
	}
	s.files[folded] = key
	for _, p := range parents {
		if _, ok := s.folders[p]; !ok {
			s.folders[p] = key
		}
	}
	return nil
}

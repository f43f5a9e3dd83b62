package plan

import (
	"strings"
)

// Spot is where a value stands.
type Spot struct {
	Path      string // below the properties, list items as *
	Key       string // the last key on the way
	Principal bool   // inside a Principal element
}

func (s Spot) Entry(key string) Spot {
	return Spot{s.Path + "/" + key, key, s.Principal || key == "Principal" || key == "NotPrincipal"}
}

func (s Spot) Item() Spot { return Spot{s.Path + "/*", s.Key, s.Principal} }

// LastStep is the last name of a path.
func LastStep(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

package chinabridge

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// note is the description of a key that a rotation makes: for which secret, and
// in whose place. A later run finds by it what one that was killed has left.
func note(s bridge.Stored, replaced *bridge.Key) string {
	id := "none"
	if replaced != nil {
		id = replaced.ID
	}
	return noteOf(s) + id
}

func noteOf(s bridge.Stored) string {
	name := s.ARN
	if name == "" {
		name = s.ID
	}
	return fmt.Sprintf("made by panther-preflight for the secret %s in place of the key ", name)
}

// left are the enabled keys that nothing uses when the secret has a new one: the
// old one, those that rotations of this secret have made, and the ones in whose
// place these were made. A key of another secret is not ours to disable.
func left(plans []bridge.Plan, s bridge.Stored, old *bridge.Key) []bridge.Key {
	unused := map[string]bool{}
	if old != nil {
		unused[old.ID] = true
	}
	all := map[string]bridge.Key{}
	var order []string
	for _, p := range plans {
		for _, k := range p.Keys {
			if _, known := all[k.ID]; !known {
				all[k.ID], order = k, append(order, k.ID)
			}
			replaced, ours := strings.CutPrefix(k.Description, noteOf(s))
			if ours && (k.Enabled || unused[k.ID]) {
				unused[k.ID], unused[replaced] = true, true
			}
		}
	}
	var keys []bridge.Key
	for _, id := range order {
		if k := all[id]; unused[id] && k.Enabled {
			keys = append(keys, k)
		}
	}
	return keys
}

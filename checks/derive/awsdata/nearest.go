package awsdata

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// Nearest is the action that a name which is none most likely means, or empty:
// the action that AWS documents for an API of that name, else the one of the
// service that is spelled most like it, else one of that name in the service
// whose prefix is most like the given one.
func (t *Tables) Nearest(name string) (string, error) {
	if to, known := t.Alias(name); known {
		return to, nil
	}
	prefix, local, _ := strings.Cut(strings.ToLower(name), ":")
	if to, known := t.Alias(prefix); known {
		prefix = to
	}
	service, err := t.Service(prefix)
	if err != nil {
		return "", err
	}
	if service == nil {
		return t.elsewhere(prefix, local)
	}
	if a, err := t.Action(prefix + ":" + local); err == nil && a != nil {
		return a.Name, nil
	}
	_, written, _ := strings.Cut(name, ":")
	return service.nearest(written), nil
}

// elsewhere finds an action of the name in the services that have one, in the
// service whose prefix is most like the given one.
func (t *Tables) elsewhere(prefix, local string) (string, error) {
	best, distance := "", 0
	for file := range t.files {
		other, is := strings.CutPrefix(file, "names/")
		if !is {
			continue
		}
		found, err := t.Exists(other+":"+local, nil)
		if err != nil {
			return "", err
		}
		if d := spelling.Distance(prefix, other); found && (best == "" || d < distance || d == distance && other < best) {
			best, distance = other, d
		}
	}
	if best == "" {
		return "", nil
	}
	a, err := t.Action(best + ":" + local)
	if err != nil || a == nil {
		return "", err
	}
	return a.Name, nil
}

// nearest compares words first, since the name of an API often holds a word
// that its action has not, and then letters.
func (s *Service) nearest(local string) string {
	asked := words(local)
	type candidate struct {
		name            string
		apart, distance int // in words, in letters
	}
	var all []candidate
	for folded, line := range s.lines {
		name, _, _ := strings.Cut(line, "\t")
		have := words(name)
		common := shared(asked, have)
		distance := spelling.Distance(strings.ToLower(local), folded)
		if common*2 > len(asked) || distance <= len(local)/3 {
			all = append(all, candidate{name, len(asked) + len(have) - 2*common, distance})
		}
	}
	if len(all) == 0 {
		return ""
	}
	best := slices.MinFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	typo := slices.MinFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	if typo.distance <= 2 {
		best = typo
	}
	return s.Prefix + ":" + best.name
}

// words are the words of a name in camel case, in lower case.
func words(name string) []string {
	var out []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || isUpper(name[i]) && !isUpper(name[i-1]) {
			out = append(out, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return out
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

func shared(a, b []string) int {
	n := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			n++
		}
	}
	return n
}

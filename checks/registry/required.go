package registry

import "slices"

// required are the names that this schema and what holds beside it require.
func (s *Schema) required() []string {
	var out []string
	seen := map[*Schema]bool{}
	var add func(*Schema)
	add = func(s *Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		out = append(out, s.Required...)
		add(s.Ref)
		for _, one := range s.AllOf {
			add(one)
		}
	}
	add(s)
	slices.Sort(out)
	return slices.Compact(out)
}

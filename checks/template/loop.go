package template

// loop notes what stands beside the entries of a map and adds others to it.
func (s *stack) loop(e entry, out *Value) {
	out.reason = e.key + " is not expanded"
}

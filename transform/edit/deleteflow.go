package edit

import "strings"

// deleteFlow removes entries of a [list] or {map} with their commas. At least
// one entry stays.
func (w *writer) deleteFlow(parts []part) error {
	for i := 0; i < len(parts); i++ {
		if !parts[i].gone {
			continue
		}
		run := i
		for run+1 < len(parts) && parts[run+1].gone {
			run++
		}
		if run+1 < len(parts) {
			w.flowRun(parts[i].start, parts[run].end, parts[run+1].start)
		} else {
			w.flowTail(parts[i-1].end, parts[i].start, parts[run].end)
		}
		i = run
	}
	return nil
}

// flowRun removes entries that others follow. Entries that fill lines of their
// own go with those lines, so that comments of the next entry stay.
func (w *writer) flowRun(start, end, next int) {
	comma := end + strings.IndexByte(w.text[end:next], ',')
	if w.alone(start) && comma >= end && w.lineStart(next) > comma && w.alone(next) {
		w.add(w.lineStart(start), w.nextLine(comma), "")
		return
	}
	w.add(start, next, "")
}

// flowTail removes the last entries, and the comma before them unless one
// stands behind.
func (w *writer) flowTail(before, start, end int) {
	comma := before + strings.IndexByte(w.text[before:start], ',')
	if after := w.skip(end); after < len(w.text) && w.text[after] == ',' {
		w.add(comma+1, after+1, "")
		return
	}
	if between := w.text[comma+1 : start]; comment(strings.TrimLeft(between, " \t\r\n")) {
		w.add(comma, comma+1, "")
		w.add(w.lineStart(start), end, "")
		return
	}
	w.add(comma, end, "")
}

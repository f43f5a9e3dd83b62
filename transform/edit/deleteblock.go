package edit

// deleteBlock removes the lines of entries of a block collection.
func (w *writer) deleteBlock(parts []part) error {
	first := 0
	for first < len(parts) && parts[first].gone {
		first++
	}
	if first > 0 && !w.alone(parts[0].start) {
		// "- Key: x" and "- - x": the next sibling moves up behind the dash.
		w.add(parts[0].start, parts[first].start, "")
	} else {
		first = 0
	}
	var open hole
	for i, p := range parts[first:] {
		if !p.gone {
			continue
		}
		if !w.alone(p.start) {
			return errSplice
		}
		start, end := w.lines(p)
		if open.end == start && open.end > open.start {
			open.end = end
			continue
		}
		w.close(open)
		open = hole{start, end, i == 0}
	}
	w.close(open)
	return nil
}

// hole is a run of lines that go; first says that the run begins with the
// collection's first entry.
type hole struct {
	start, end int
	first      bool
}

// lines are the lines of one entry, with the comment block directly above at the
// same indentation, the comment behind it, and deeper comments below.
func (w *writer) lines(p part) (start, end int) {
	column := w.column(p.start)
	start = w.lineStart(p.start)
	for start > 0 {
		above := w.lineAbove(start)
		line := w.line(above)
		if !comment(line) || indent(line) != column {
			break
		}
		start = above
	}
	end = w.nextLine(p.end)
	for at := end; at < len(w.text); at = w.nextLine(at) {
		line := w.line(at)
		if comment(line) && indent(line) > column {
			end = w.nextLine(at)
		} else if !blank(line) {
			break
		}
	}
	return start, end
}

// close decides the blank lines around a hole: those below it go when a blank
// line or the line of the parent stands above.
func (w *writer) close(h hole) {
	if h.end <= h.start {
		return
	}
	above := ""
	if h.start > 0 {
		above = w.line(w.lineAbove(h.start))
	}
	if blank(above) || h.first && !comment(above) {
		for h.end < len(w.text) && blank(w.line(h.end)) {
			h.end = w.nextLine(h.end)
		}
	}
	w.add(h.start, h.end, "")
}

// lineAbove is where the line before the one that begins at start begins.
func (w *writer) lineAbove(start int) int {
	if start >= 2 && w.text[start-2:start] == "\r\n" {
		return w.lineStart(start - 2)
	}
	return w.lineStart(start - 1)
}

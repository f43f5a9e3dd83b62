package present

// compare finds a shortest way from a to b, by Myers' greedy algorithm on what
// is left between the common head and tail.
func compare(a, b []string) []step {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []step
	for i := range head {
		out = append(out, step{' ', a[i], i, i})
	}
	for _, s := range middle(a[head:len(a)-tail], b[head:len(b)-tail]) {
		s.a, s.b = s.a+head, s.b+head
		out = append(out, s)
	}
	for i := tail; i > 0; i-- {
		out = append(out, step{' ', a[len(a)-i], len(a) - i, len(b) - i})
	}
	return out
}

// farthest is how far the search may go; past it everything is replaced.
const farthest = 1500

func middle(a, b []string) []step {
	trace := search(a, b)
	if trace == nil {
		return replaced(a, b)
	}
	steps := make([]step, 0, len(a)+len(b))
	x, y := len(a), len(b)
	for d := len(trace) - 1; d >= 0; d-- {
		v, off := trace[d], d+1
		k := x - y
		from := k - 1
		if k == -d || k != d && v[off+k-1] < v[off+k+1] {
			from = k + 1
		}
		px := 0
		if d > 0 {
			px = v[off+from]
		}
		py := px - from
		if d == 0 {
			px, py = 0, 0
		}
		for x > px && y > py {
			x, y = x-1, y-1
			steps = append(steps, step{' ', a[x], x, y})
		}
		switch {
		case d == 0:
		case x == px:
			y--
			steps = append(steps, step{'+', b[y], x, y})
		default:
			x--
			steps = append(steps, step{'-', a[x], x, y})
		}
	}
	for i, j := 0, len(steps)-1; i < j; i, j = i+1, j-1 {
		steps[i], steps[j] = steps[j], steps[i]
	}
	return steps
}

// search returns, for each number of differences d, the farthest reach on every
// diagonal before it; nil when the texts differ too much.
func search(a, b []string) [][]int {
	limit := min(len(a)+len(b), farthest)
	reach := map[int]int{1: 0}
	var trace [][]int
	for d := 0; d <= limit; d++ {
		v := make([]int, 2*d+3)
		for k := -d - 1; k <= d+1; k++ {
			v[d+1+k] = reach[k]
		}
		trace = append(trace, v)
		for k := -d; k <= d; k += 2 {
			x := reach[k-1] + 1
			if k == -d || k != d && reach[k-1] < reach[k+1] {
				x = reach[k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			reach[k] = x
			if x >= len(a) && x-k >= len(b) {
				return trace
			}
		}
	}
	return nil
}

func replaced(a, b []string) []step {
	var out []step
	for i, line := range a {
		out = append(out, step{'-', line, i, 0})
	}
	for i, line := range b {
		out = append(out, step{'+', line, len(a), i})
	}
	return out
}

package events

import (
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// fromRows makes an event of every row. Rows of the same shape are read
// together: what a column without a name holds shows in all of its values.
func fromRows(file string, rows [][]cell) ([]Event, error) {
	shapes := map[string][]field{}
	var all []Event
	for _, r := range rows {
		shape := shapeOf(r)
		if _, known := shapes[shape]; !known {
			var same [][]cell
			for _, other := range rows {
				if shapeOf(other) == shape {
					same = append(same, other)
				}
			}
			shapes[shape] = columns(same)
		}
		e, err := event(file, r, shapes[shape])
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func shapeOf(r []cell) string {
	var names []string
	for _, c := range r {
		names = append(names, c.header)
	}
	return strings.Join(names, "\x00")
}

// columns says what each column of rows of one shape tells.
func columns(rows [][]cell) []field {
	fields := make([]field, len(rows[0]))
	named := make([]bool, len(fields))
	for i, c := range rows[0] {
		if c.header != "" {
			fields[i], named[i] = headerField(c.header)
		}
	}
	taken := func(f field) bool {
		at := slices.Index(fields, f)
		return at >= 0
	}
	byKind := map[kind][]int{}
	for i := range fields {
		if !named[i] {
			k := columnKind(rows, i)
			byKind[k] = append(byKind[k], i)
		}
	}
	last := func(k kind, f field) {
		if at := byKind[k]; len(at) > 0 && !taken(f) {
			fields[at[len(at)-1]] = f
		}
	}
	last(moment, fieldTime)
	last(status, fieldStatus)
	last(eventID, fieldID)
	last(mode, fieldHookMode)
	last(sentence, fieldReason)
	if at := byKind[resourceType]; len(at) > 0 && !taken(fieldType) {
		fields[fullest(rows, at)] = fieldType
	}
	placeARNs(rows, byKind[stackARN], fields, taken)
	placeNames(rows, byKind[name], fields, taken)
	return fields
}

// placeARNs tells the id of the event's own stack, which every row has, from
// the physical id of a nested one.
func placeARNs(rows [][]cell, at []int, fields []field, taken func(field) bool) {
	for _, i := range slices.Backward(at) {
		whole := !slices.ContainsFunc(rows, func(r []cell) bool { return kindOf(r[i].text) != stackARN })
		switch {
		case whole && !taken(fieldStackID) && !quoted(rows, i):
			fields[i] = fieldStackID
		case !taken(fieldPhysicalID):
			fields[i] = fieldPhysicalID
		}
	}
}

// quoted reports whether the rows' own reasons are about the ids of a column:
// then these are nested stacks.
func quoted(rows [][]cell, i int) bool {
	for _, r := range rows {
		for j, c := range r {
			if j != i && strings.HasPrefix(c.text, "Embedded stack "+r[i].text) {
				return true
			}
		}
	}
	return false
}

// placeNames finds the logical id, which stands first, the stack's name, which
// its id repeats, and the physical id.
func placeNames(rows [][]cell, at []int, fields []field, taken func(field) bool) {
	own := slices.Index(fields, fieldStackID)
	for _, i := range at {
		inID := own >= 0 && !slices.ContainsFunc(rows, func(r []cell) bool { return NameOf(r[own].text) != r[i].text })
		switch {
		case inID && !taken(fieldStackName) && (taken(fieldLogicalID) || len(at) > 1):
			fields[i] = fieldStackName
		case !taken(fieldLogicalID):
			fields[i] = fieldLogicalID
		case !taken(fieldPhysicalID):
			fields[i] = fieldPhysicalID
		case !taken(fieldStackName) && own < 0:
			fields[i] = fieldStackName
		}
	}
}

// columnKind is what most values of a column look like. One sentence is enough
// for a reason: few events have one.
func columnKind(rows [][]cell, i int) kind {
	count := map[kind]int{}
	for _, r := range rows {
		count[kindOf(r[i].text)]++
	}
	if count[sentence] > 0 {
		return sentence
	}
	best, most := nothing, 0
	for k := moment; k <= name; k++ {
		if count[k] > most {
			best, most = k, count[k]
		}
	}
	if count[stackARN] > 0 && count[name] > 0 {
		// Physical ids: some resources are stacks.
		return stackARN
	}
	return best
}

func fullest(rows [][]cell, at []int) int {
	best, most := at[0], -1
	for _, i := range at {
		n := 0
		for _, r := range rows {
			if kindOf(r[i].text) == resourceType {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

func event(file string, r []cell, fields []field) (Event, error) {
	var e Event
	for i, c := range r {
		if empty(c.text) {
			continue
		}
		if err := e.set(fields[i], strings.TrimSpace(c.text)); err != nil {
			return e, &yamldoc.Error{File: file, Line: max(c.line, 1), Column: max(c.column, 1), Key: c.header, Message: err.Error()}
		}
	}
	if e.Status == "" && e.Reason == "" && e.Hook.Status == "" && e.Validation.Status == "" {
		place := cell{line: 1, column: 1}
		if len(r) > 0 {
			place = r[0]
		}
		return e, &yamldoc.Error{File: file, Line: max(place.line, 1), Column: max(place.column, 1), Message: fmt.Sprintf("this is no event: it has neither a status nor a reason; %s", Wanted)}
	}
	if e.StackName == "" {
		e.StackName = NameOf(e.StackID)
	}
	return e, nil
}

func (e *Event) set(f field, text string) error {
	texts := map[field]*string{
		fieldID: &e.ID, fieldStackID: &e.StackID, fieldStackName: &e.StackName, fieldLogicalID: &e.LogicalID, fieldPhysicalID: &e.PhysicalID,
		fieldType: &e.Type, fieldStatus: &e.Status, fieldReason: &e.Reason, fieldOperation: &e.Operation,
		fieldHookType: &e.Hook.Type, fieldHookStatus: &e.Hook.Status, fieldHookReason: &e.Hook.Reason, fieldHookMode: &e.Hook.Mode,
		fieldCheckName: &e.Validation.Name, fieldCheckStatus: &e.Validation.Status, fieldCheckReason: &e.Validation.Reason,
		fieldCheckMode: &e.Validation.Mode, fieldCheckPath: &e.Validation.Path,
	}
	if target := texts[f]; target != nil {
		*target = text
		return nil
	}
	if f != fieldTime {
		return nil
	}
	at, err := instant(text)
	e.Time = at
	return err
}

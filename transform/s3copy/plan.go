package s3copy

import "fmt"

// Stage orders a copy: every object of a stage is there and verified before
// the first of the next one is begun.
type Stage int

// Pair is an object to copy and what was found at the place it goes to.
type Pair struct {
	Source  Object
	There   bool    // an object stands under its key
	Verdict Verdict // whether that object is the same; only with There
	Barred  string  // why the source may not be copied, whatever is there
	Stage   Stage
}

// Action is what is done with one object.
type Action string

// The actions of a plan.
const (
	Copy   Action = "copy"
	Skip   Action = "skip"
	Refuse Action = "refuse"
)

// Op is one decision of a plan, and why.
type Op struct {
	Action   Action
	Object   Object
	Replaces bool
	Stage    Stage
	Why      string
}

// Plan decides what to do with each object. It is pure:
//
// A source that is not what it is said to be is refused. Of all others:
//
//	there | verdict  | overwrite | action
//	no    | -        | -         | copy
//	yes   | same     | -         | skip
//	yes   | differs  | no        | refuse
//	yes   | differs  | yes       | copy, replacing
//	yes   | unknown  | no        | refuse
//	yes   | unknown  | yes       | copy, replacing
func Plan(pairs []Pair, overwrite bool) []Op {
	ops := make([]Op, 0, len(pairs))
	for _, p := range pairs {
		ops = append(ops, decide(p, overwrite))
	}
	return ops
}

func decide(p Pair, overwrite bool) Op {
	op := Op{Object: p.Source, Stage: p.Stage}
	switch {
	case p.Barred != "":
		op.Action, op.Why = Refuse, p.Barred
	case !p.There:
		op.Action, op.Why = Copy, "not there yet"
	case p.Verdict == Same:
		op.Action, op.Why = Skip, "there already, the same by checksum"
	case overwrite:
		op.Action, op.Replaces, op.Why = Copy, true, "another object stands there, and is to be overwritten"
	case p.Verdict == Unknown:
		op.Action, op.Why = Refuse, "whether the object that stands there is the same cannot be told"
	default:
		op.Action, op.Why = Refuse, "a different object stands there"
	}
	return op
}

// Refused is the error of a plan that must not be executed, or nil.
func Refused(ops []Op) error {
	n := 0
	for _, op := range ops {
		if op.Action == Refuse {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d objects: %w", n, len(ops), ErrExists)
}

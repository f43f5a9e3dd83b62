package parallel

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Fault is what a function panicked with, and where. As an error it tells where
// and of what kind, and not the value: that may quote anything that the program
// has read.
type Fault struct {
	Value any
	Stack []byte
}

// FaultOf is the fault of a recovered panic: that of another goroutine where
// one was passed on.
func FaultOf(value any) *Fault {
	if err, is := value.(error); is {
		var passed *Fault
		if errors.As(err, &passed) {
			return passed
		}
	}
	return &Fault{Value: value, Stack: debug.Stack()}
}

func (f *Fault) Error() string { return "internal error: " + f.kind() + "\n" + string(f.Stack) }

// kind is the message of the runtime, which names types and numbers only, or the
// type of what a package panicked with.
func (f *Fault) kind() string {
	if err, is := f.Value.(runtime.Error); is {
		return err.Error()
	}
	return fmt.Sprintf("a fault of type %T", f.Value)
}

// Caught has a panic of a function be the error that it returns, for groups of
// functions that have errors: on their goroutines it would end the process.
func Caught(do func() error) func() error {
	return func() (err error) {
		defer func() {
			if value := recover(); value != nil {
				err = FaultOf(value)
			}
		}()
		return do()
	}
}

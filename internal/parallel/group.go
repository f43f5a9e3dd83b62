// Package parallel runs functions at once. A panic in one of them is a panic of
// whoever waits for them, so that a fault of the program is reported like any
// other: by the one place that cleans what it prints and gives the exit code.
package parallel

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// Group runs functions at once. The zero value is ready for use.
type Group struct {
	wait  sync.WaitGroup
	once  sync.Once
	fault *Fault
}

// Fault is what a function panicked with, and where.
type Fault struct {
	Value any
	Stack []byte
}

func (f *Fault) Error() string { return fmt.Sprintf("%v\n%s", f.Value, f.Stack) }

// Go runs a function.
func (g *Group) Go(do func()) {
	g.wait.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				stack := debug.Stack()
				g.once.Do(func() { g.fault = &Fault{Value: value, Stack: stack} })
			}
		}()
		do()
	})
}

// Wait waits for all functions, and panics with the first [Fault] of them.
func (g *Group) Wait() {
	g.wait.Wait()
	if g.fault != nil {
		panic(g.fault)
	}
}

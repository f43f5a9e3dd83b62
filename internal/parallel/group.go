// Package parallel runs functions at once. A panic in one of them is a panic of
// whoever waits for them, so that a fault of the program is reported like any
// other: by the one place that cleans what it prints and gives the exit code.
package parallel

import "sync"

// Group runs functions at once. The zero value is ready for use.
type Group struct {
	wait  sync.WaitGroup
	once  sync.Once
	fault *Fault
}

// Go runs a function.
func (g *Group) Go(do func()) {
	g.wait.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				fault := FaultOf(value)
				g.once.Do(func() { g.fault = fault })
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

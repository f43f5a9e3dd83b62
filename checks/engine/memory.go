package engine

import (
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// DefaultMemory is how much memory all policies together may take beside what
// the process had when they began: ten times what the bundled ones need.
const DefaultMemory = 1 << 30

const (
	// fullPart of the memory may be in use after a collection. The collector runs
	// when all of it is taken; what is then in use is no garbage.
	fullPart = 0.75
	// overPart is more than garbage explains.
	overPart = 1.25
	// maxStack is the largest stack that Go can be asked for. A deeper one ends the
	// process, so that what recurses is stopped long before.
	maxStack = 2_000_000_000
	// deepStack is where a stack is too deep; evaluating a policy takes less than 1 MiB.
	deepStack = 64 << 20
)

// memory bounds what the process takes from the moment that it began to watch.
type memory struct {
	began  usage
	allows int64
}

// usage is the memory of the process at one moment.
type usage struct {
	// objects are reachable or not collected yet; live were reachable at the last collection.
	objects, live, stacks uint64
	// held is what the process has from the system, which the collector's limit counts.
	held uint64
}

// collector is the limit that the collector keeps to, which is one a process.
var collector struct {
	sync.Mutex
	watches int
	before  int64
}

// watch begins to measure. Its caller ends it.
func watch(allows int64) *memory {
	m := &memory{began: measure(), allows: allows}
	collector.Lock()
	defer collector.Unlock()
	if collector.watches++; collector.watches == 1 {
		collector.before = debug.SetMemoryLimit(-1)
		debug.SetMemoryLimit(min(collector.before, int64(m.began.held)+allows))
		debug.SetMaxStack(maxStack)
	}
	return m
}

// end gives the collector its own limit back.
func (m *memory) end() {
	collector.Lock()
	defer collector.Unlock()
	if collector.watches--; collector.watches == 0 {
		debug.SetMemoryLimit(collector.before)
	}
}

func (m *memory) exceeded() bool {
	now := measure()
	return now.live > m.part(fullPart) || now.objects+now.stacks > m.part(overPart) || now.stacks > m.began.stacks+deepStack
}

// runaway says that what was told to stop goes on taking.
func (m *memory) runaway() bool {
	now := measure()
	return now.objects+now.stacks > m.part(2*overPart) || now.stacks > m.began.stacks+2*deepStack
}

// part is what is in use when a part of the memory is taken.
func (m *memory) part(of float64) uint64 {
	return m.began.objects + m.began.stacks + uint64(of*float64(m.allows))
}

// recovered collects what a stopped policy has left, and says whether there is
// room again.
func (m *memory) recovered() bool {
	debug.FreeOSMemory()
	return !m.exceeded()
}

func (m *memory) String() string {
	return fmt.Sprintf("%d MiB of memory", m.allows>>20)
}

func measure() usage {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
	}
	metrics.Read(samples)
	value := func(i int) uint64 { return samples[i].Value.Uint64() }
	return usage{objects: value(0), live: value(1), stacks: value(2), held: value(3) - value(4)}
}

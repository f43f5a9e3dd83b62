package s3copy

import (
	"context"
	"errors"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// broken is a store with a fault of the program, in some call.
type broken struct {
	Store
	in string
}

const secretInAPanic = "seeded-secret-in-a-store"

func (b broken) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	if b.in == "Open" {
		panic(secretInAPanic)
	}
	return b.Store.Open(ctx, o, off, n)
}

func (b broken) Create(ctx context.Context, o Object) (Target, error) {
	if b.in == "Create" {
		panic(secretInAPanic)
	}
	return b.Store.Create(ctx, o)
}

// TestAFaultOfACopyReachesTheCaller has a fault on the goroutines of a copy, of
// one part and of many: it would end the process with its value on the screen.
func TestAFaultOfACopyReachesTheCaller(t *testing.T) {
	for _, size := range []int{9, 3*minPart + 1} {
		for _, in := range []string{"Open", "Create"} {
			dir := t.TempDir()
			writeFiles(t, dir, map[string]int{"a": size})
			from, err := OpenFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			to, err := OpenFolder(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			fault := func() (fault error) {
				defer func() {
					if value := recover(); value != nil {
						fault = parallel.FaultOf(value)
					}
				}()
				c := &Copier{From: broken{from, in}, To: broken{to, in}, Local: true, Observer: silent{}}
				return failures(c.Execute(t.Context(), ops(t, from)))
			}()
			var is *parallel.Fault
			if !errors.As(fault, &is) || strings.Contains(fault.Error(), secretInAPanic) {
				t.Errorf("%d bytes, a fault in %s: %v", size, in, fault)
			}
		}
	}
}

// faulty is a hash with a fault of the program.
type faulty struct{ hash.Hash }

func (faulty) Write([]byte) (int, error) { panic(secretInAPanic) }

// TestAFaultOfTheHashReachesTheCaller: what is read back is hashed on a goroutine
// of its own.
func TestAFaultOfTheHashReachesTheCaller(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, []byte("twelve bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f := newFront(file, Object{Key: "a", Size: 12})
	f.v.whole = faulty{}
	f.end(6, 6, false, nil) // ahead of the front, which comes there now
	f.end(0, 6, true, nil)
	defer func() {
		if fault := parallel.FaultOf(recover()); fault.Value != secretInAPanic || strings.Contains(fault.Error(), secretInAPanic) {
			t.Errorf("%v", fault)
		}
	}()
	_, err = f.verify(Object{Key: "a", Size: 12})
	t.Error("verified", err)
}

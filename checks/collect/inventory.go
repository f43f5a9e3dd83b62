package collect

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks"
)

const factInventory = "inventory"

// lister lists everything of one CloudFormation type, under the name or id
// that CloudFormation would give it. hint narrows the list for the services
// that can: it tells the names that are looked for.
type lister struct {
	action string
	list   func(ctx context.Context, s *session, hint []string) ([]checks.Existing, error)
}

// listers are the types whose resources can be listed. For a named resource of
// any other type the Cloud Control API is asked.
func listers() map[string]lister {
	all := map[string]lister{}
	for _, of := range []map[string]lister{
		iamListers(), lambdaListers(), logsListers(), dynamodbListers(), sqsListers(), snsListers(), kmsListers(),
		ecrListers(), ecsListers(), elbListers(), athenaListers(), firehoseListers(), cloudtrailListers(),
		guarddutyListers(), cloudwatchListers(), codebuildListers(), s3Listers(), ec2Listers(), secretsListers(),
	} {
		maps.Copy(all, of)
	}
	return all
}

func inventoryCollector() collector {
	actions := map[string]bool{}
	for _, l := range listers() {
		if l.action != "" {
			actions[l.action] = true
		}
	}
	k := collector{run: collectInventory, calls: []Call{{Action: "cloudformation:GetResource", Facts: []string{factInventory}}}}
	for _, action := range slices.Sorted(maps.Keys(actions)) {
		k.calls = append(k.calls, Call{Action: action, Facts: []string{factInventory}})
	}
	return k
}

func collectInventory(ctx context.Context, s *session) {
	all := listers()
	var mu sync.Mutex
	var out checks.Inventory
	add := func(kind string, found []checks.Existing, whole bool) {
		mu.Lock()
		defer mu.Unlock()
		if whole {
			out.Types = append(out.Types, kind)
		}
		out.Named = append(out.Named, found...)
	}
	each(s.namedTypes(), func(kind string) {
		l, listed := all[kind]
		if !listed {
			found, ok := s.controlled(ctx, kind)
			add(kind, found, ok)
			return
		}
		items, err := s.listing(ctx, kind, l)
		if err != nil {
			s.gap(part(factInventory, kind), l.action, err)
		}
		wanted := s.wanted(kind)
		add(kind, slices.DeleteFunc(slices.Clone(items), func(e checks.Existing) bool { return !wanted(e.Name) }), err == nil)
	})
	slices.Sort(out.Types)
	slices.SortFunc(out.Named, func(a, b checks.Existing) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ARN, b.ARN))
	})
	s.fill(func(f *checks.Facts) { f.Inventory = out })
}

// namedTypes are the types of the release's resources that have a name before
// they exist, and of the known leftovers.
func (s *session) namedTypes() []string {
	types := map[string]bool{}
	for kind := range s.options.Scope.Names {
		types[kind] = kind != nestedStack && kind != stackSetType
	}
	for _, r := range s.facts.Release.Resources {
		if r.Exists != checks.ExistsNo && (r.NameKind == "literal" || r.NameKind == "pattern") && !s.options.Scope.Free[r.Type] {
			types[r.Type] = true
		}
	}
	maps.DeleteFunc(types, func(_ string, look bool) bool { return !look })
	return slices.Sorted(maps.Keys(types))
}

// listing lists a type once in a run.
func (s *session) listing(ctx context.Context, kind string, l lister) ([]checks.Existing, error) {
	s.mu.Lock()
	if s.listings == nil {
		s.listings = map[string]func() ([]checks.Existing, error){}
	}
	read, begun := s.listings[kind]
	if !begun {
		names := s.names(kind)
		read = sync.OnceValues(func() ([]checks.Existing, error) {
			items, err := l.list(ctx, s, names)
			for i := range items {
				items[i].Type = kind
			}
			return items, err
		})
		s.listings[kind] = read
	}
	s.mu.Unlock()
	return read()
}

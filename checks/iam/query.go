package iam

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
)

// Query is a Request compiled for evaluation. It never changes, and any number
// of goroutines may use it.
type Query struct {
	request   Request
	action    string // lower case: AWS compares actions so
	service   string
	resource  requestResource
	principal principal
	keys      []queryKey
	prefixes  []queryKey
}

type queryKey struct {
	name   string
	folded string
	state  KeyState
	values []contextValue
	more   []contextValue // values with those that may be there besides; else nil
}

// contextValue is one value of the context, read once in every way that an
// operator may need.
type contextValue struct {
	text      string
	arn       [arnParts]string
	isARN     bool
	number    decimal
	isNumber  bool
	date      instant
	isDate    bool
	address   netip.Addr
	isAddress bool
	boolean   bool
	isBool    bool
}

// NewQuery compiles a request. It refuses one without an action, a resource or
// a principal.
func NewQuery(r Request) (*Query, error) {
	service, _, ok := strings.Cut(r.Action, ":")
	switch {
	case !ok || service == "" || strings.ContainsAny(r.Action, "*?"):
		return nil, errors.New("action: want service:Action without wildcards, have " + quote(r.Action))
	case r.Resource == "":
		return nil, errors.New("resource: want an ARN, or * for an action without resources")
	case r.Principal == "":
		return nil, errors.New("principal: want an ARN, an account id or a service principal")
	}
	q := &Query{
		request:   r,
		action:    strings.ToLower(r.Action),
		service:   strings.ToLower(service),
		resource:  newRequestResource(r.Resource, r.ResourceIsPattern),
		principal: newPrincipal(r.Principal, r.RolePath),
	}
	q.readContext(r.Context)
	return q, nil
}

// readContext takes the keys, in an order of their own, and adds the principal's
// ARN where the context does not have it.
func (q *Query) readContext(context map[string]Value) {
	for name, value := range context {
		q.addKey(name, value)
	}
	if !slices.ContainsFunc(q.keys, func(k queryKey) bool { return k.folded == "aws:principalarn" }) {
		q.addKey("aws:PrincipalArn", q.principal.arnValue())
	}
	byName := func(a, b queryKey) int { return strings.Compare(a.name, b.name) }
	slices.SortFunc(q.keys, byName)
	// The longest prefix speaks first.
	slices.SortFunc(q.prefixes, func(a, b queryKey) int {
		if d := len(b.name) - len(a.name); d != 0 {
			return d
		}
		return byName(a, b)
	})
}

// Request is the request the query was made of.
func (q *Query) Request() Request { return q.request }

func (q *Query) addKey(name string, value Value) {
	k := queryKey{name: name, folded: strings.ToLower(name), state: value.State}
	if value.State == KeyKnown && len(value.Values) == 0 {
		k.state = KeyAbsent
	}
	if k.state == KeyKnown {
		for _, v := range value.Values {
			k.values = append(k.values, newContextValue(v))
		}
	}
	if len(value.Perhaps) > 0 && (k.state == KeyKnown || k.state == KeyAbsent) {
		k.more = slices.Clone(k.values)
		for _, v := range value.Perhaps {
			k.more = append(k.more, newContextValue(v))
		}
	}
	if prefix, ok := strings.CutSuffix(k.folded, "*"); ok {
		k.folded = prefix
		q.prefixes = append(q.prefixes, k)
		return
	}
	q.keys = append(q.keys, k)
}

func newContextValue(text string) contextValue {
	v := contextValue{text: text}
	v.arn, v.isARN = splitARN(text)
	v.number, v.isNumber = parseDecimal(text)
	v.date, v.isDate = parseInstant(text)
	v.boolean, v.isBool = parseBool(text)
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		v.address, v.isAddress = a, true
	}
	return v
}

// lookup finds a key's state and values. What may be there besides makes it
// unknown.
func (q *Query) lookup(name, folded string) (KeyState, []contextValue) {
	k := q.find(name, folded)
	if k.more != nil {
		return KeyUnknown, nil
	}
	return k.state, k.values
}

// The keys that no context holds.
var (
	unknownKey = &queryKey{state: KeyUnknown}
	absentKey  = &queryKey{state: KeyAbsent}
	presentKey = &queryKey{state: KeyPresent}
)

// find finds a key. Names are compared without regard to case; when two keys
// differ by case only, the one spelled as in the policy is meant, and if
// neither is, AWS does not say which.
func (q *Query) find(name, folded string) *queryKey {
	found := -1
	for i := range q.keys {
		k := &q.keys[i]
		if len(k.folded) != len(folded) || k.folded != folded {
			continue
		}
		if found >= 0 {
			return q.exact(name)
		}
		found = i
	}
	if found >= 0 {
		return &q.keys[found]
	}
	for i := range q.prefixes {
		if strings.HasPrefix(folded, q.prefixes[i].folded) {
			return &q.prefixes[i]
		}
	}
	switch q.request.Others {
	case KeyAbsent:
		return absentKey
	case KeyPresent:
		return presentKey
	}
	return unknownKey
}

func (q *Query) exact(name string) *queryKey {
	for i := range q.keys {
		if q.keys[i].name == name {
			return &q.keys[i]
		}
	}
	return unknownKey
}

// spelling is how the request spells a key, or else how the policy does.
func (q *Query) spelling(name, folded string) string {
	for i := range q.keys {
		if q.keys[i].folded == folded {
			return q.keys[i].name
		}
	}
	return name
}

// variable is the value a policy variable stands for: yes with the value, no
// when it has none, maybe when it is not known.
func (q *Query) variable(p *piece) (string, truth) {
	if p.placeholder {
		return "", maybe
	}
	state, values := q.lookup(p.variable, p.folded)
	switch {
	case state == KeyKnown && len(values) == 1 && values[0].text != "":
		return values[0].text, yes
	case state != KeyAbsent:
		// Several values, or an empty one: what AWS puts in is not documented.
		return "", maybe
	case p.hasDefault:
		return p.fallback, yes
	}
	return "", no
}

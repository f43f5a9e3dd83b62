package iam

import "slices"

// A request may itself be a pattern: "panther-*-logs" stands for a name that
// only deployment decides. Whether a policy's pattern matches it is then yes
// when it matches every instance, no when it matches none, and else maybe.

// relate compares the languages of two token lists.
func relate(policy, request []rune) truth {
	if slices.Equal(policy, request) || len(policy) == 1 && policy[0] == anyMany {
		return yes
	}
	if automaton(policy).long() {
		return maybe
	}
	a := automaton(policy)
	if !a.meets(request) {
		return no
	}
	budget := coverBudget
	return or(maybe, truthOf(a.covers(request, a.start(), &budget)))
}

// coverBudget bounds the search of covers. Past it the answer is maybe, which
// is never wrong.
const coverBudget = 1 << 14

// fresh is a character that no policy holds. If an automaton accepts fresh in
// some place, a wildcard took it there, and so it accepts any character.
const fresh rune = -3

// automaton is a policy pattern read as a nondeterministic automaton: position
// i is before token i, and the last position accepts.
type automaton []rune

func (a automaton) start() positions {
	var s positions
	a.enter(&s, 0)
	return s
}

// enter adds a position and those behind any "*" that stands there, since "*"
// takes no character just as well.
func (a automaton) enter(s *positions, i int) {
	s.add(i)
	for i < len(a) && a[i] == anyMany {
		i++
		s.add(i)
	}
}

// step reads one character: a literal, or fresh.
func (a automaton) step(s *positions, r rune) positions {
	return a.move(s, func(token rune) bool { return token == anyOne || token == r })
}

// stepAny reads whatever character lets it go on.
func (a automaton) stepAny(s *positions) positions {
	return a.move(s, func(rune) bool { return true })
}

func (a automaton) move(s *positions, takes func(token rune) bool) positions {
	var next positions
	for i, token := range a {
		if !s.has(i) {
			continue
		}
		if token == anyMany {
			a.enter(&next, i)
		} else if takes(token) {
			a.enter(&next, i+1)
		}
	}
	return next
}

// meets says whether some instance of the request matches.
func (a automaton) meets(request []rune) bool {
	s := a.start()
	for _, r := range request {
		switch r {
		case anyOne:
			s = a.stepAny(&s)
		case anyMany:
			for grown := s; ; s = grown {
				further := a.stepAny(&s)
				grown.union(&further)
				if grown == s {
					break
				}
			}
		default:
			s = a.step(&s, r)
		}
	}
	return s.has(len(a))
}

// covers says whether every instance of the request matches. It is enough to
// put fresh characters in place of the request's wildcards: for "*" none, one,
// two … until the automaton's positions no longer change.
func (a automaton) covers(request []rune, s positions, budget *int) bool {
	for i, r := range request {
		if *budget--; *budget < 0 || s == (positions{}) {
			return false
		}
		switch r {
		case anyOne:
			s = a.step(&s, fresh)
		case anyMany:
			for {
				if !a.covers(request[i+1:], s, budget) {
					return false
				}
				longer := a.step(&s, fresh)
				if longer == s {
					return true
				}
				s = longer
			}
		default:
			s = a.step(&s, r)
		}
	}
	return s.has(len(a))
}

func (a automaton) long() bool { return len(a) > maxPositions }

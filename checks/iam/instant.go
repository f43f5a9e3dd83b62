package iam

import (
	"strconv"
	"time"
)

// instant is a date of a Date condition. Four digits may be a year or seconds
// of the epoch, and AWS does not say which, so it may hold two readings.
type instant struct {
	first, second time.Time
	two           bool
}

// The forms of ISO 8601 that the W3C note allows. The parser also takes
// fractions of a second after the seconds.
var instantLayouts = [...]string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04Z07:00",
	"2006-01-02",
	"2006-01",
}

func parseInstant(s string) (instant, bool) {
	if s != "" && digits(s) {
		seconds, err := strconv.ParseInt(s, 10, 64)
		if err != nil || seconds > maxEpoch {
			return instant{}, false
		}
		i := instant{first: time.Unix(seconds, 0)}
		if len(s) == len("2006") {
			i.second, i.two = time.Date(int(seconds), 1, 1, 0, 0, 0, 0, time.UTC), true
		}
		return i, true
	}
	for _, layout := range instantLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return instant{first: t}, true
		}
	}
	return instant{}, false
}

// maxEpoch is the last second of the year 9999: a longer number is no count of
// seconds.
const maxEpoch = 253402300799

// compare applies a test of the order to every reading.
func (i instant) compare(j instant, test func(order int) bool) truth {
	result := truthOf(test(i.first.Compare(j.first)))
	if i.two {
		result = agree(result, truthOf(test(i.second.Compare(j.first))))
	}
	if j.two {
		result = agree(result, truthOf(test(i.first.Compare(j.second))))
	}
	if i.two && j.two {
		result = agree(result, truthOf(test(i.second.Compare(j.second))))
	}
	return result
}

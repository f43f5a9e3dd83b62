package events

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are the forms in which the CLI, the console and deployment tools
// write a time. Those without a day keep the order of a day's events.
var layouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04:05.999999999",
	"January 2, 2006 at 15:04:05 -0700",
	"Jan 2, 2006 15:04:05 -0700",
	"January 2, 2006, 15:04:05 -0700",
	"02 Jan 2006 15:04:05",
	"15:04:05 -0700",
	"15:04:05",
	"3:04:05 PM",
}

// zone is how the console writes an offset: UTC+0100, (UTC-07:00).
var zone = regexp.MustCompile(`\s*\(?UTC([+-]\d{2}):?(\d{2})\)?$`)

func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, fmt.Errorf("is missing")
	}
	plain := zone.ReplaceAllString(text, " $1$2")
	for _, layout := range layouts {
		if at, err := time.Parse(layout, plain); err == nil {
			return at.UTC(), nil
		}
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 1e9 && seconds < math.MaxInt32 && !strings.ContainsAny(text, "eExX") {
		return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%q is not a time", text)
}

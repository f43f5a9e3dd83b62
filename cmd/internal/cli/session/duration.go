package session

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

// Duration is the value of a flag that takes a time: 90s, 5m, or a number of
// seconds without a unit.
type Duration time.Duration

func (d *Duration) String() string { return time.Duration(*d).String() }

// Type is the word for the value in a help text.
func (d *Duration) Type() string { return "duration" }

// Set takes a time.
func (d *Duration) Set(value string) error {
	if seconds, err := strconv.Atoi(value); err == nil {
		value = strconv.Itoa(seconds) + "s"
	}
	parsed, err := time.ParseDuration(value)
	if err != nil {
		return fmt.Errorf("must be a time such as 90, 90s or 5m; a number without a unit is seconds")
	}
	*d = Duration(parsed)
	return nil
}

// Bounded refuses a --timeout that bounds nothing.
func Bounded(flags *pflag.FlagSet) error {
	f := flags.Lookup("timeout")
	if f == nil {
		return nil
	}
	if d, isTime := f.Value.(*Duration); isTime && *d <= 0 {
		return Usage(fmt.Errorf("--timeout %s is not above zero", d))
	}
	return nil
}

package checks

import (
	"reflect"
	"testing"
)

func TestAResourceCountsOnce(t *testing.T) {
	at := func(subject, arn string, line int) DeniedResource {
		return DeniedResource{Subject: subject, File: "a.yml", Line: line, ResourceARN: arn}
	}
	got := EachOnce([]DeniedResource{at("B#Y", "arn:2", 9), at("A#X", "arn:3", 4), at("B#Y", "arn:1", 9), at("A#X", "arn:3", 4), at("B#Z", "arn:1", 9)})
	var have [][]string
	for _, r := range got {
		have = append(have, append([]string{r.Subject, r.ResourceARN}, r.ARNs...))
	}
	want := [][]string{{"A#X", "arn:3", "arn:3"}, {"B#Y", "arn:1", "arn:1", "arn:2"}, {"B#Z", "arn:1", "arn:1"}}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have %q", have)
	}
}

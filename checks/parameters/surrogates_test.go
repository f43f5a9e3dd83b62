package parameters_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/parameters"
)

func TestCharactersThatJSONEscapesInPairs(t *testing.T) {
	for text, want := range map[string]string{
		`{"A": "\ud83d\ude00"}`:               "😀",
		`{"A": "\uD83D\uDE00\ud83d\ude00 x"}`: "😀😀 x",
		`{"A": "\\ud83d"}`:                    `\ud83d`,
		`{"A": "\\\ud83d\ude00"}`:             `\😀`,
		`{"A": "caf\u00e9"}`:                  "café",
	} {
		given, err := parameters.Parse("p.json", []byte(text))
		if err != nil || given[0].Value != want {
			t.Errorf("%s: %v %v", text, given, err)
		}
	}
	if _, err := parameters.Parse("p.json", []byte(`{"A": "\ud83d"}`)); err == nil {
		t.Error("half a character is taken")
	}
}

func TestATagIsNotEvaluated(t *testing.T) {
	_, err := parameters.Parse("p.yml", []byte("A: x\nB: !Ref C\n"))
	if err == nil || !strings.Contains(err.Error(), "p.yml:2:4: B: !Ref is not evaluated") {
		t.Errorf("%v", err)
	}
}

func TestTheValueOfAMistypedSecretIsHidden(t *testing.T) {
	declared := []parameters.Declared{{Name: "SnowflakePin", Type: "String", NoEcho: true}, {Name: "Domain", Type: "String"}}
	facts, _ := parameters.Join(declared, []parameters.Given{{Name: "SnowflakePinn", Value: "1234"}, {Name: "Domani", Value: "x"}}, nil)
	for _, p := range facts {
		if p.Name == "SnowflakePinn" && (p.Known || !p.Hidden || p.Value != "" || p.Nearest != "SnowflakePin") {
			t.Errorf("%+v", p)
		}
		if p.Name == "Domani" && p.Value != "x" {
			t.Errorf("%+v", p)
		}
	}
}

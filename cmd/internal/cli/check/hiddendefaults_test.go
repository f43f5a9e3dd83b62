package check

import (
	"strings"
	"testing"
)

func TestDefaultsOfNoEchoParametersAreNotShown(t *testing.T) {
	for name, text := range map[string]string{
		"plain":          "Parameters:\n  P: {Type: String, NoEcho: true, Default: hunter2}\n",
		"single quotes":  "Parameters:\n  P:\n    Default: 'hunter2'  # mind\n    NoEcho: 'true'\n",
		"escapes":        "Parameters:\n  P:\n    Default: \"h\\x75nter2\"\n    NoEcho: TRUE\n",
		"a block":        "Parameters:\n  P:\n    NoEcho: true\n    Default: |\n      hunter2\n\n      more hunter2\n    Type: String\n",
		"several lines":  "Parameters:\n  P:\n    NoEcho: true\n    Default: \"one\n      hunter2\"\n    Type: String\n",
		"JSON":           `{"Parameters": {"P": {"Default": "hunter2", "NoEcho": true, "Type": "String"}}}`,
		"YAML 1.1":       "Parameters:\n  P: {Type: String, NoEcho: yes, Default: hunter2}\n",
		"given twice":    "Parameters:\n  P:\n    NoEcho: true\n    Default: hunter2\n    Default: hunter23\n",
		"declared twice": "Parameters:\n  P: {NoEcho: true, Default: hunter2}\n  P: {Type: String}\n",
		"two sections":   "Parameters:\n  P: {NoEcho: true, Default: hunter2}\nParameters:\n  Q: {Type: String}\n",
		"JSON comments":  "{\"Parameters\": { // all\n\"P\": {\"Default\": \"hunter2\", \"NoEcho\": true}}}",
		"one line":       "Parameters: {P: {NoEcho: true, Default: a-long-long-long-long-hunter2}, Q: {NoEcho: true, Default: hunter2}}",
		"another's name": "Parameters:\n  hünter2s:\n    {NoEcho: true, Default: hunter2}\n",
	} {
		got := strings.Join(hideDefaults("t.yml", []byte(text)), "\n")
		if strings.Contains(got, "hunter2") || strings.Contains(got, "x75") || !strings.Contains(got, notShown) {
			t.Errorf("%s:\n%s", name, got)
		}
		if strings.Contains(text, "    Type: String") && !strings.Contains(got, "    Type: String") {
			t.Errorf("%s: what follows is lost:\n%s", name, got)
		}
	}
	const open = "Parameters:\n  P: {Type: String, Default: hunter2}\n  Q: {NoEcho: false, Default: hunter2}\n  R: {NoEcho: true}\n"
	if got := strings.Join(hideDefaults("t.yml", []byte(open)), "\n"); got != open {
		t.Error(got)
	}
	if got := hideDefaults("t.yml", []byte("Parameters: [\n")); got != nil {
		t.Error(got)
	}
}

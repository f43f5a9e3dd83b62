package upgrade

import (
	"strings"
	"testing"
)

func TestWrapCommand(t *testing.T) {
	long := "aws cloudformation update-stack --stack-name " + strings.Repeat("x", 90) + " --parameters ParameterKey=A,UsePreviousValue=true 'ParameterKey=B,ParameterValue=a b'"
	got := wrapCommand(long, "  ")
	if strings.Join(strings.Fields(strings.ReplaceAll(got, "\\\n", " ")), " ") != long || strings.Count(got, "\n") != 4 {
		t.Errorf("%s", got)
	}
	if got := wrapCommand("aws --help", "  "); got != "  aws --help" {
		t.Error(got)
	}
}

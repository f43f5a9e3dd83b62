package upgrade

import (
	"regexp"
	"strings"
)

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./{}\[\]-]+$`)

// quote writes a word so that a shell reads it as it is.
func quote(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// updateStack is the whole command of a hop. Every parameter that is not given
// a value keeps the one that it has: what is left out of an update goes back to
// the template's default.
func (p *planner) updateStack(url string, kept []string, changes []Parameter) string {
	words := []string{
		"aws", "cloudformation", "update-stack",
		"--stack-name", quote(or(p.request.StackName, "{stack_name}")),
		"--template-url", quote(url),
	}
	var arguments []string
	for _, name := range kept {
		arguments = append(arguments, quote("ParameterKey="+name+",UsePreviousValue=true"))
	}
	for _, c := range changes {
		if c.set {
			arguments = append(arguments, quote("ParameterKey="+c.Name+",ParameterValue="+shorthand(c.Value)))
		}
	}
	if len(arguments) > 0 {
		words = append(append(words, "--parameters"), arguments...)
	}
	words = append(words, "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND",
		"--region", quote(or(p.request.Region, "{region}")))
	return strings.Join(words, " ")
}

// shorthand writes a value as the AWS CLI's shorthand reads it: commas are
// escaped, and a value with brackets or quotes stands in quotes. A placeholder
// stays bare, so that the CLI refuses one that was not filled in.
func shorthand(value string) string {
	if strings.ContainsAny(value, `[]{}"'\ `) && placeholder.FindString(value) != value {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	}
	return strings.ReplaceAll(value, ",", `\,`)
}

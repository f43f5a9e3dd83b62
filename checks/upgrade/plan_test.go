package upgrade

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

func plan(t *testing.T, r Request) *Plan {
	t.Helper()
	p, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRoute(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"1.10", "1.13", "v1.11.0 v1.12.1 v1.13.0"},
		{"v1.10.0", "v1.13.0", "v1.11.0 v1.12.1 v1.13.0"},
		{"1.10.X", "1.13.x", "v1.11.0 v1.12.1 v1.13.0"},
		{"1.17.4", "1.19.2", "v1.18.8 v1.19.2"},
		{"1.18.5", "1.18.8", "v1.18.8"},
		{"1.30.5", "1.31.1", "v1.31.1"},
		{"1.31.1", "1.31.1", ""},
	} {
		var got []string
		for _, h := range plan(t, Request{From: c.from, To: c.to}).Hops {
			got = append(got, h.To)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s → %s goes through %q, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ from, to, says string }{
		{"1.9.0", "1.12.1", "older than 1.10"},
		{"1.13.0", "1.12.1", "downgrade"},
		{"1.18.8", "1.18.5", "downgrade"},
		{"1.31.1", "1.99.0", "does not know 1.99"},
		{"1.31.1", "2.0", "does not know 2.0"},
	} {
		_, err := New(Request{From: c.from, To: c.to})
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s → %s: %v", c.from, c.to, err)
		}
	}
	var refusal *Refusal
	if _, err := New(Request{From: "latest", To: "1.13.0"}); err == nil || errors.As(err, &refusal) {
		t.Errorf("a malformed version: %v", err)
	}
}

// steps are the titles of a hop, and its commands, as one text.
func steps(h Hop) string {
	var b strings.Builder
	for _, s := range h.Steps {
		b.WriteString(s.Phase + ": " + s.Title + "\n" + strings.Join(s.Commands, "\n") + "\n")
	}
	return b.String()
}

func TestCommand(t *testing.T) {
	p := plan(t, Request{From: "1.17.4", To: "1.18.8", Region: "us-east-2", StackName: "panther-prod", Whole: true,
		Names:  []string{"FirstUserEmail", "PipLibraries", "Debug"},
		Values: map[string]string{"FirstUserEmail": "a@example.com", "PipLibraries": "Requests==2.2, boto3,policy_universe,policyuniverse, pandas", "Debug": "true"}})
	want := "aws cloudformation update-stack --stack-name panther-prod" +
		" --template-url https://panther-enterprise-us-east-2.s3.amazonaws.com/v1.18.8/panther.yml" +
		" --parameters ParameterKey=Debug,UsePreviousValue=true ParameterKey=FirstUserEmail,UsePreviousValue=true" +
		` 'ParameterKey=PipLibraries,ParameterValue=boto3\,policy_universe\,pandas'` +
		" --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND --region us-east-2"
	if got := p.Hops[0].Command; got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
	if got := p.Hops[0].RoleTemplateURL; got != "https://panther-public-cloudformation-templates.s3.amazonaws.com/panther-deployment-role/v1.18.8/template.yml" {
		t.Error(got)
	}
	text := steps(p.Hops[0])
	order := []string{"Update the deployment role to v1.18.8 first", "Remove jsonpath-ng", "panther-preflight check", "update: Update the stack"}
	at := -1
	for _, part := range order {
		if i := strings.Index(text, part); i <= at {
			t.Errorf("%q is missing or out of order in\n%s", part, text)
		} else {
			at = i
		}
	}
	if strings.Contains(text, "a@example.com") {
		t.Error("the plan shows a value that it does not change")
	}
}

// TestOnce goes the whole way: each migration comes once, in the hop that
// reaches it, and Pulumi in every hop from 1.22 on.
func TestOnce(t *testing.T) {
	p := plan(t, Request{From: "1.10", To: "1.39", Region: "us-east-1", StackName: "panther"})
	if len(p.Hops) != 29 {
		t.Fatalf("%d hops", len(p.Hops))
	}
	once := map[string]string{
		"Remove jsonpath-ng": "v1.18.8", "acm request-certificate --domain-name api.{domain}": "v1.19.5",
		"template api-alias": "v1.19.5", "PANTHER_LOOKUPS": "v1.25.18",
	}
	for _, h := range p.Hops {
		text := steps(h)
		for part, where := range once {
			if strings.Contains(text, part) != (h.To == where) {
				t.Errorf("%s: %q stands in %s:\n%s", h.To, part, where, text)
			}
		}
		v, err := releases.Parse(h.To)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "aws codebuild start-build --project-name panther-pulumi") != (v.Minor() >= 22) {
			t.Errorf("%s: pulumi in\n%s", h.To, text)
		}
		if !strings.Contains(h.Command, "ParameterKey=FirstUserEmail,UsePreviousValue=true") {
			t.Errorf("%s: %s", h.To, h.Command)
		}
	}
	if c := p.Hops[11].Command; !strings.Contains(c, "ParameterKey=PulumiSecretArn,ParameterValue={pulumi_secret_arn}") {
		t.Errorf("1.22 without the Pulumi secret: %s", c)
	}
	if c := p.Hops[12].Command; !strings.Contains(c, "ParameterKey=PulumiSecretArn,UsePreviousValue=true") {
		t.Errorf("1.23 does not keep the Pulumi secret: %s", c)
	}
	if c := p.Hops[22].Command; strings.Contains(c, "LogProcessorGzipLevel") {
		t.Errorf("1.32 has no LogProcessorGzipLevel: %s", c)
	}
}

func TestCustomDomain(t *testing.T) {
	r := Request{From: "1.20.3", To: "1.21.5", Region: "eu-west-1", StackName: "panther", Whole: true,
		Names:  []string{"CustomDomain", "ApiCertificateArn", "FirstUserEmail"},
		Values: map[string]string{"CustomDomain": "panther.example.com", "FirstUserEmail": "x"}}
	h := plan(t, r).Hops[0]
	for _, want := range []string{"--domain-name api.panther.example.com --validation-method DNS --region us-east-1", "PantherDomainName=panther.example.com"} {
		if !strings.Contains(steps(h), want) {
			t.Errorf("%q is not in\n%s", want, steps(h))
		}
	}
	if !strings.Contains(h.Command, "ParameterKey=ApiCertificateArn,ParameterValue={api_certificate_arn}") {
		t.Error(h.Command)
	}
	r.Values["ApiCertificateArn"] = "arn:aws:acm:us-east-1:111122223333:certificate/x"
	if h := plan(t, r).Hops[0]; strings.Contains(steps(h), "acm") || len(h.Parameters) > 0 {
		t.Errorf("the certificate is there already:\n%s%+v", steps(h), h.Parameters)
	}
	r.Values = map[string]string{"FirstUserEmail": "x"}
	if h := plan(t, r).Hops[0]; strings.Contains(steps(h), "acm") || len(h.Parameters) > 0 {
		t.Errorf("there is no domain:\n%s%+v", steps(h), h.Parameters)
	}
	r.Values, r.Region = map[string]string{"CustomDomain": "a b;rm", "FirstUserEmail": "x"}, "eu-west-1"
	if h := plan(t, r).Hops[0]; !strings.Contains(steps(h), `--domain-name api.'a b;rm' `) {
		t.Errorf("a value is not quoted for the shell:\n%s", steps(h))
	}
}

func TestChina(t *testing.T) {
	r := Request{From: "1.18.5", To: "1.19.5", Region: "cn-north-1", Bucket: "my.bucket", StackName: "panther"}
	h := plan(t, r).Hops[0]
	if h.TemplateURL != "https://s3.cn-north-1.amazonaws.com.cn/my.bucket/v1.19.5/panther.yml" {
		t.Error(h.TemplateURL)
	}
	text := steps(h)
	for _, want := range []string{"release upload --bucket my.bucket", "china rotate-key", "upgrade plan --proxy --from v1.18.5 --to v1.19.5", "--template-body file://"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "acm") {
		t.Errorf("an edge domain in China:\n%s", text)
	}
	r.Region, r.Proxy = "ap-southeast-1", true
	h = plan(t, r).Hops[0]
	if h.TemplateURL != "https://panther-enterprise-ap-southeast-1.s3-ap-southeast-1.amazonaws.com/v1.19.5/proxy_panther.yml" {
		t.Error(h.TemplateURL)
	}
	if !strings.Contains(steps(h), "Update the deployment role to v1.19.5 first") || strings.Contains(steps(h), "china") {
		t.Error(steps(h))
	}
	if !strings.Contains(h.Command, "ParameterKey=SecretID,UsePreviousValue=true") || strings.Contains(h.Command, "OnboardSelf") {
		t.Error(h.Command)
	}
}

func TestTemplates(t *testing.T) {
	value := func(s string) *string { return &s }
	p := plan(t, Request{From: "1.30.5", To: "1.31.1",
		Old: []template.Parameter{{Name: "Kept", Default: value("1")}, {Name: "Moved", Default: value("1")}, {Name: "Gone"}, {Name: "Hush", NoEcho: true, Default: value("s3cr3t")}},
		New: []template.Parameter{{Name: "Kept", Default: value("1")}, {Name: "Moved", Default: value("2")}, {Name: "Hush", NoEcho: true, Default: value("t0ps3cr3t")},
			{Name: "Fresh", Default: value("")}, {Name: "Needed"}}})
	h := p.Hops[0]
	var got []string
	for _, c := range h.Parameters {
		got = append(got, c.Name+" "+c.Change+" "+c.Value)
		if strings.Contains(c.Why, "s3cr3t") {
			t.Errorf("a NoEcho default is shown: %s", c.Why)
		}
	}
	want := []string{"Fresh added ", "Gone removed ", "Hush changed ", "Moved changed ", "Needed added {needed}"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for name, kept := range map[string]bool{"Kept": true, "Moved": true, "Hush": true, "Gone": false, "Fresh": false, "Needed": false} {
		if strings.Contains(h.Command, "ParameterKey="+name+",UsePreviousValue=true") != kept {
			t.Errorf("%s: %s", name, h.Command)
		}
	}
}

func TestShorthand(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "boto3": "boto3", "a,b": `a\,b`, "x[y]==2,z": `"x[y]==2,z"`, "{api_certificate_arn}": "{api_certificate_arn}",
		`say "no\`: `"say \"no\\"`, "a=b": "a=b",
	} {
		if got := shorthand(value); got != want {
			t.Errorf("%q is written %s, want %s", value, got, want)
		}
	}
}

// TestPartial knows the value of one parameter only: nothing is said of others.
func TestPartial(t *testing.T) {
	h := plan(t, Request{From: "1.20.3", To: "1.21.5", Old: []template.Parameter{{Name: "FirstUserEmail"}, {Name: "Debug"}, {Name: "PipLibraries"}},
		Names: []string{"PipLibraries"}, Values: map[string]string{"PipLibraries": "requests"}, Partial: true}).Hops[0]
	if len(h.Parameters) != 1 || h.Parameters[0].Name != "PipLibraries" || !strings.Contains(h.Command, "ParameterKey=PipLibraries,ParameterValue= ") {
		t.Errorf("%+v %s", h.Parameters, h.Command)
	}
}

func FuzzPlan(f *testing.F) {
	f.Add("1.10", "1.13", "cn-north-1", "a,b")
	f.Add("v1.17.4", "1.22.x", "us-east-1", "requests ,Policy.Universe>=1;x")
	f.Fuzz(func(t *testing.T, from, to, region, pip string) {
		p, err := New(Request{From: from, To: to, Region: region, Names: []string{"PipLibraries"}, Values: map[string]string{"PipLibraries": pip}})
		if err != nil {
			return
		}
		for i, h := range p.Hops {
			if i > 0 && p.Hops[i-1].To != h.From || h.Command == "" {
				t.Errorf("the hops do not join: %+v", h)
			}
		}
	})
}

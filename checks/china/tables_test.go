package china

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// TestEveryRowHasASource reads the tables whole: each row names a public page,
// and no identifier stands for two things.
func TestEveryRowHasASource(t *testing.T) {
	source := func(row, text string) {
		if !strings.HasPrefix(text, "https://") {
			t.Errorf("%s has no source", row)
		}
	}
	for _, r := range Principals() {
		source(r.Service, r.Source)
		for _, use := range r.Roles {
			source(use.Type, use.Source)
		}
	}
	for _, r := range principals().Federated {
		source(r.Principal, r.Source)
	}
	for _, r := range arns().Rows {
		source(r.Service, r.Source)
	}
	for _, r := range arns().Targets {
		source(r.Target, r.Source)
	}
	for _, r := range arns().Policies {
		source(r.Name, r.Source)
	}
	for typ, rows := range Features() {
		for _, r := range rows {
			source(typ+" "+r.Path, r.Source)
			featureRow(t, r)
		}
	}
	for _, r := range Twins() {
		source(r.What, r.Source)
		twinRow(t, r)
	}
}

// featureRow holds a row to one thing that is refused, and to words.
func featureRow(t *testing.T, r Feature) {
	t.Helper()
	refused := 0
	for _, says := range []bool{r.Matches.Regexp != nil, r.Mentions != "", r.Present, r.Services} {
		if says {
			refused++
		}
	}
	if refused != 1 || r.Message == "" || r.Fix == "" || !slices.Contains(Handlers, r.Transform) {
		t.Errorf("%s %s: %+v", r.Type, r.Path, r)
	}
	switch typ, path, pair := strings.Cut(r.JudgedAs, " "); {
	case pair:
		if !slices.ContainsFunc(Features()[typ], func(other Feature) bool { return other.Path == path && other.JudgedAs == "" }) {
			t.Errorf("%s %s is judged as %s, which is no row", r.Type, r.Path, r.JudgedAs)
		}
	case r.JudgedAs == "registry":
		for _, region := range []string{registry.Beijing, registry.Ningxia} {
			here, _ := registry.In(region, r.Type)
			elsewhere, _ := registry.Lookup(r.Type)
			if _, known := here.Property(r.Path); known {
				t.Errorf("%s has %s of %s", region, r.Path, r.Type)
			}
			if _, known := elsewhere.Property(r.Path); !known {
				t.Errorf("no region has %s of %s", r.Path, r.Type)
			}
		}
	case r.JudgedAs != "":
		if offered, _ := registry.Offered(registry.Beijing, r.JudgedAs); offered != registry.Missing {
			t.Errorf("%s is judged as %s, which China has", r.Path, r.JudgedAs)
		}
	}
}

var (
	accountID = regexp.MustCompile(`^\d{12}$`)
	zoneID    = regexp.MustCompile(`^Z[A-Z0-9]{11,}$`)
)

func twinRow(t *testing.T, r Twin) {
	t.Helper()
	form := accountID
	if r.Kind == Zone {
		form = zoneID
	}
	if r.In("cn-north-1") == "" {
		t.Errorf("%s has no twin in cn-north-1", r.What)
	}
	for name := range r.Versions {
		if !r.Name.matches(name) {
			t.Errorf("%s: %s has a version and is no such application", r.What, name)
		}
	}
	for _, own := range r.China {
		if !form.MatchString(own) || Outside(r.Kind, own) || !IsTwin(r.Kind, own) {
			t.Errorf("%s: %s cannot be the one in China", r.What, own)
		}
	}
	for _, id := range r.AWS {
		if !form.MatchString(id) || IsTwin(r.Kind, id) {
			t.Errorf("%s: %s cannot be the one outside", r.What, id)
		}
	}
}

// TestWhatIsWrittenIsRight goes over every row, form and region.
func TestWhatIsWrittenIsRight(t *testing.T) {
	for _, row := range Principals() {
		service := strings.Replace(row.Service, "*", "monitoring.rds", 1)
		for _, place := range []string{"", ".us-east-1", ".cn-north-1", ".${AWS::Region}"} {
			for _, suffix := range []string{".amazonaws.com", ".amazonaws.com.cn", ".${AWS::URLSuffix}"} {
				text := service + place + suffix
				p, ok := ParsePrincipal(text)
				if !ok || p.Service != service {
					t.Fatalf("%s is read as %+v", text, p)
				}
				after := p.In("cn-north-1")
				again, _ := ParsePrincipal(after)
				if !again.Right() || p.Right() && suffix == ".${AWS::URLSuffix}" && !strings.HasSuffix(after, ".cn") && row.Write == RegionalChina && place != "" {
					t.Errorf("%s becomes %s, which is not right", text, after)
				}
			}
		}
	}
}

func TestPrincipal(t *testing.T) {
	for text, want := range map[string]string{ // empty: right as it is
		"ec2.amazonaws.com": "", "ec2.amazonaws.com.cn": "", "ec2.${AWS::URLSuffix}": "",
		"elasticmapreduce.amazonaws.com.cn":          "",
		"lambda.amazonaws.com":                       "",
		"lambda.amazonaws.com.cn":                    "lambda.amazonaws.com",
		"monitoring.rds.${AWS::URLSuffix}":           "monitoring.rds.amazonaws.com",
		"delivery.logs.amazonaws.com":                "",
		"delivery.logs.amazonaws.com.cn":             "delivery.logs.amazonaws.com",
		"logs.amazonaws.com":                         "",
		"logs.${AWS::Region}.amazonaws.com":          "logs.${AWS::Region}.amazonaws.com.cn",
		"logs.us-east-1.amazonaws.com":               "logs.cn-north-1.amazonaws.com.cn",
		"logs.${AWS::Region}.${AWS::URLSuffix}":      "",
		"states.${AWS::Region}.amazonaws.com":        "",
		"states.us-east-1.amazonaws.com":             "states.amazonaws.com",
		"states.cn-north-1.amazonaws.com.cn":         "states.amazonaws.com",
		"codedeploy.us-west-2.amazonaws.com":         "codedeploy.cn-north-1.amazonaws.com.cn",
		"codedeploy.cn-northwest-1.amazonaws.com.cn": "",
	} {
		p, ok := ParsePrincipal(text)
		got := ""
		if !p.Right() {
			got = p.In("cn-north-1")
		}
		if !ok || got != want {
			t.Errorf("%s becomes %q, not %q", text, got, want)
		}
	}
	for _, text := range []string{"*", "111122223333", "arn:aws:iam::111122223333:root", "logs.example.com", "${Service}.amazonaws.com"} {
		if _, ok := ParsePrincipal(text); ok {
			t.Errorf("%s is read as a service principal", text)
		}
	}
}

func TestGrammar(t *testing.T) {
	for text, want := range map[string]struct {
		Grammar
		missing bool
	}{
		"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/x": {Grammar: Grammar{OwnRegion, Service}},
		"arn:aws:apigateway:us-east-1:abc.sqs:path/q":                     {Grammar: Grammar{OwnRegion, Service}},
		"arn:aws:apigateway:us-east-1:cognito-idp:action/ListUsers":       {Grammar{OwnRegion, Service}, true},
		"arn:aws:apigateway:us-east-1::/restapis/x":                       {},
		"arn:aws:states:::lambda:invoke":                                  {Grammar: Grammar{None, None}},
		"arn:aws:states:::http:invoke":                                    {Grammar{None, None}, true},
		"arn:aws:states:::aws-sdk:sesv2:sendEmail":                        {Grammar{None, None}, true},
		"arn:aws:states:::aws-sdk:sns:publish":                            {Grammar: Grammar{None, None}},
		"arn:aws:states:us-east-1:111122223333:stateMachine:m":            {},
		"arn:aws:automate:us-east-1:ec2:recover":                          {Grammar: Grammar{OwnRegion, Service}},
		"arn:aws:scheduler:::aws-sdk:sqs:sendMessage":                     {Grammar: Grammar{None, None}},
		"arn:aws:scheduler:::aws-sdk:sesv2:sendEmail":                     {Grammar{None, None}, true},
		"arn:aws:scheduler:us-east-1:111122223333:schedule/a/b":           {},
		"arn:aws:s3:::bucket/key":                                         {Grammar: Grammar{None, None}},
		"arn:aws:s3:us-east-1:111122223333:accesspoint/a":                 {},
		"arn:aws:iam::aws:policy/ReadOnlyAccess":                          {Grammar: Grammar{None, AWS}},
		"arn:aws:iam::111122223333:policy/mine":                           {},
		"arn:aws:execute-api:us-east-1:111122223333:abc/*":                {},
	} {
		a, ok := arn.Parse(text)
		_, missing := MissingTarget(a)
		if got := GrammarOf(a); !ok || got != want.Grammar || missing != want.missing {
			t.Errorf("%s: %+v, missing %t", text, got, missing)
		}
	}
}

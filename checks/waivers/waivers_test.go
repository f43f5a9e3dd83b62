package waivers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/waivers"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

var now = time.Date(2026, 11, 21, 22, 0, 0, 0, time.UTC)

const good = `- id: PF-SCP-002
  subject: "build-vpc-only#*"
  reason: Deploys run from the build VPC only.
  expires: 2027-01-31
  owner: cloud-platform@example.com
`

func parse(text string) ([]waivers.Waiver, error) {
	doc, err := yamldoc.Parse("w.yml", []byte(text))
	if err != nil {
		return nil, err
	}
	return waivers.Parse("w.yml", doc.Root, now)
}

func TestAWaiverIsRead(t *testing.T) {
	ws, err := parse(good + "- {id: A-B-001, subject: x, reason: r, owner: o, expires: 2027-11-21, account: 011122223333, region: eu-west-1}\n")
	if err != nil || len(ws) != 2 {
		t.Fatal(ws, err)
	}
	if w := ws[0]; w.ID != "PF-SCP-002" || w.Subject != "build-vpc-only#*" || w.Reason != "Deploys run from the build VPC only." ||
		w.Owner != "cloud-platform@example.com" || w.Expires.Format(time.DateOnly) != "2027-01-31" || w.Line != 1 {
		t.Errorf("%+v", w)
	}
	if w := ws[1]; w.Account != "011122223333" || w.Region != "eu-west-1" {
		t.Errorf("%+v", w)
	}
}

func TestAFaultyWaiverIsRefused(t *testing.T) {
	without := func(key string) string {
		var kept []string
		for line := range strings.Lines(good) {
			if !strings.Contains(line, key+":") {
				kept = append(kept, line)
			}
		}
		return strings.Replace(strings.Join(kept, ""), "  subject", "- subject", map[bool]int{true: 1}[key == "id"])
	}
	with := func(from, to string) string { return strings.Replace(good, from, to, 1) }
	for name, c := range map[string]struct{ text, want string }{
		"no id":              {without("id"), "w.yml:1:3: waivers[0]: id is missing"},
		"no subject":         {without("subject"), "subject is missing"},
		"no reason":          {without("reason"), "reason is missing"},
		"no expires":         {without("expires"), "expires is missing"},
		"no owner":           {without("owner"), "owner is missing"},
		"a null reason":      {with("reason: Deploys run from the build VPC only.", "reason: ~"), "reason is missing"},
		"a blank reason":     {with("reason: Deploys run from the build VPC only.", `reason: "  "`), "reason is missing"},
		"a misspelt key":     {with("expires:", "expire:"), "w.yml:4:3: waivers[0].expire: unknown key; did you mean expires?"},
		"a key of no one":    {with("expires:", "zzzzzzzz:"), "known are id, subject, account, region, reason, expires, owner"},
		"a list for a text":  {with("owner: cloud-platform@example.com", "owner: [a]"), "w.yml:5:10: waivers[0].owner: must be text"},
		"a year and a day":   {with("2027-01-31", "2027-11-22"), "w.yml:1:3: waivers[0].expires: 2027-11-22 is more than a year ahead"},
		"no such day":        {with("2027-01-31", "2027-02-31"), `"2027-02-31" is not a day`},
		"another form":       {with("2027-01-31", "31.01.2027"), `"31.01.2027" is not a day of the form`},
		"a time":             {with("2027-01-31", "2027-01-31T00:00:00Z"), "is not a day"},
		"never":              {with("2027-01-31", "never"), "is not a day"},
		"an account name":    {good + "  account: prod\n", `"prod" is not an account of twelve digits`},
		"an account too few": {good + "  account: 11122223333\n", "twelve digits"},
		"a map":              {"id: x\n", "w.yml:1:1: waivers: must be a list"},
		"a text":             {"- PF-SCP-002\n", "waivers[0]: a waiver has"},
		"a key twice":        {good + "  owner: b\n", "stands twice"},
	} {
		t.Run(name, func(t *testing.T) {
			ws, err := parse(c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%+v, %v; want %q", ws, err, c.want)
			}
		})
	}
}

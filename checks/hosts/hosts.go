package hosts

import (
	"path"
	"regexp"
	"strings"
)

// Suffix is what the hosts of this package end in.
const Suffix = ".amazonaws.com"

// Counterpart is what is known of a host for a China region.
type Counterpart struct {
	// Host exists in China and means the same; empty: none is known.
	Host string
	// Public says that the host serves every partition as it is.
	Public bool
	// Why says why there is no counterpart, or why none is wanted.
	Why string
	// Instead is what to do where there is no counterpart.
	Instead string
}

var (
	regionLabel = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-\d$`)
	variable    = regexp.MustCompile(`^(?:\$\{[^}]+\}|\*)$`)
)

// In finds the counterpart of a host in a China region. head is the host without
// Suffix; ${Name} and * in it stand for what only deployment knows.
func In(region, head string) Counterpart {
	t := table()
	if r, ok := t.hosts[head]; ok {
		return r.counterpart(head)
	}
	labels := split(head)
	at := regionAt(labels)
	if at < 0 {
		return t.global(region, head, labels)
	}
	place := labels[at]
	service := append(append([]string{}, labels[:at]...), labels[at+1:]...)
	if r, ok := t.hosts[strings.Join(service, ".")]; ok && r.kind == "missing" {
		return r.counterpart(head)
	}
	if regionLabel.MatchString(place) && !strings.HasPrefix(place, "cn-") {
		return Counterpart{Why: "it names region " + place, Instead: "Name the host in " + region + ", or remove what uses it."}
	}
	if len(service) == 0 || variable.MatchString(service[len(service)-1]) {
		return Counterpart{Host: head + Suffix + ".cn"} // which service it is, the deployment tells
	}
	for i := range service {
		switch label := strings.Join(service[i:], "."); {
		case t.endpoints[region][label]:
			return Counterpart{Host: head + Suffix + ".cn"}
		case t.known[label]:
			return Counterpart{Why: label + " has no endpoint in " + region, Instead: "Use the other China region, or remove what uses it."}
		}
	}
	return Counterpart{Why: "no endpoint of " + service[len(service)-1] + " is known in AWS China", Instead: "Remove what uses it, or name what replaces it in China."}
}

func (r row) counterpart(head string) Counterpart {
	switch r.kind {
	case "global":
		return Counterpart{Host: r.value}
	case "public":
		return Counterpart{Public: true, Why: r.value}
	}
	return Counterpart{Why: "AWS China has no host " + head + Suffix + ".cn", Instead: r.value}
}

// global is the counterpart of a host without a region. An endpoint without one
// is that of us-east-1, but for the security token service, whose global endpoint
// serves every region.
func (t *hostTable) global(region, head string, labels []string) Counterpart {
	switch last := labels[len(labels)-1]; {
	case strings.ContainsAny(head, "$*") && !t.known[last]:
		return Counterpart{Host: head + Suffix + ".cn"} // the deployment fills in the rest
	case head == "sts":
		return Counterpart{Host: "sts." + region + Suffix + ".cn"}
	case t.endpoints[region][head]:
		return Counterpart{Why: "it is the endpoint of us-east-1", Instead: "Name the endpoint " + head + "." + region + Suffix + ".cn."}
	}
	return Counterpart{Why: "no counterpart of it is known in AWS China", Instead: "Name what replaces it in China, or remove what uses it."}
}

// split are the labels of a host. A variable may hold dots.
func split(head string) []string {
	var labels []string
	start, depth := 0, 0
	for i, c := range head {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		case '.':
			if depth == 0 {
				labels = append(labels, head[start:i])
				start = i + 1
			}
		}
	}
	return append(labels, head[start:])
}

// regionAt is the index of the label that is the region: the last, or the one
// before the name of a service. -1: there is none.
func regionAt(labels []string) int {
	n := len(labels)
	for _, i := range []int{n - 1, n - 2} {
		if i >= 0 && (regionLabel.MatchString(labels[i]) || labels[i] == "${AWS::Region}") {
			return i
		}
	}
	if n > 1 && variable.MatchString(labels[n-1]) {
		return n - 1
	}
	return -1
}

// otherBucket is what to do about a bucket of which nothing is known.
const otherBucket = "Copy the object into a bucket in China and name that."

// S3 is what is known of a host of S3 whose URL names a bucket. One whose name is
// not known is the deployment's own.
func S3(region, bucket string) Counterpart {
	if bucket == "" || strings.ContainsAny(bucket, "$*") {
		return Counterpart{Host: "s3." + region + Suffix + ".cn"}
	}
	c := Counterpart{Why: "bucket " + bucket + " is outside AWS China", Instead: otherBucket}
	for _, b := range table().buckets {
		if match, err := path.Match(b[0], bucket); err == nil && match {
			c.Instead = strings.ReplaceAll(b[1], "REGION", region)
		}
	}
	return c
}

package template

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/hosts"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

var (
	arnText  = regexp.MustCompile(`arn:(aws[a-z-]*|\x00partition):([a-z0-9*-]*):([a-z0-9*-]*):([a-z0-9*.-]*):`)
	hostText = regexp.MustCompile(`(://)?((?:[A-Za-z0-9*_-]+\.)+(?:amazonaws\.com(?:\.cn)?|\x00suffix))(?:[^A-Za-z0-9.-]|\.?$|\.[^A-Za-z])`)
	console  = regexp.MustCompile(`(://)?((?:[A-Za-z0-9*-]+\.)*(?:console\.aws\.amazon\.com|console\.amazonaws\.cn|signin\.aws\.amazon\.com|signin\.amazonaws\.cn))`)
)

// text notes the ARNs and hosts in one text.
func (w *walker) text(text string, n *cfn.Node, at spot) {
	if strings.Contains(text, "arn:aws") || strings.Contains(text, "arn:"+ownPartition) {
		partition := w.stack.tree.options.partition()
		for _, m := range arnText.FindAllStringSubmatchIndex(text, -1) {
			group := func(i int) string { return text[m[2*i]:m[2*i+1]] }
			w.note("arn", strings.ReplaceAll(whole(text[m[0]:]), ownPartition, partition), n, at, func(l *checks.Literal) {
				l.Partition, l.Service, l.Region, l.Account = group(1), group(2), group(3), group(4)
				if l.Partition == ownPartition {
					l.Partition, l.OwnPartition = partition, true
				}
			})
		}
	}
	if strings.Contains(text, "amazon") || (at.principal || namesService(at.slot)) && strings.Contains(text, urlSuffix) {
		w.hosts(text, n, at)
	}
}

func (w *walker) hosts(text string, n *cfn.Node, at spot) {
	for _, m := range console.FindAllStringSubmatch(text, -1) {
		w.note("console", m[2], n, at, func(l *checks.Literal) {
			l.Scheme, l.Partition = m[1] != "", "aws"
			if strings.HasSuffix(m[2], ".cn") {
				l.Partition = "aws-cn"
			}
		})
	}
	for _, m := range hostText.FindAllStringSubmatchIndex(text, -1) {
		host, scheme := text[m[4]:m[5]], m[2] >= 0
		kind := "host"
		if text == host && (at.principal || namesService(at.slot)) {
			kind = "principal"
		}
		if strings.HasSuffix(host, urlSuffix) && kind == "host" {
			continue
		}
		w.note(kind, strings.ReplaceAll(host, urlSuffix, "${AWS::URLSuffix}"), n, at, func(l *checks.Literal) {
			l.Scheme, l.Partition = scheme, suffixPartition(host)
			if strings.HasSuffix(host, urlSuffix) {
				l.Partition = "*"
			}
			l.Region = regionIn(host)
			l.Service = serviceOf(host)
			if kind == "host" && l.Partition == "aws" && w.stack.tree.options.partition() == "aws-cn" {
				w.counterpart(l, text[m[4]:])
			}
		})
	}
}

// namesService tells the conditions and properties that name a service by its
// principal.
func namesService(slot string) bool {
	return strings.HasSuffix(slot, "AWSServiceName") || strings.HasSuffix(slot, "PassedToService")
}

// counterpart notes what AWS China has instead of a host. url begins with it.
func (w *walker) counterpart(l *checks.Literal, url string) {
	region := w.stack.tree.options.Region
	c := hosts.In(region, strings.TrimSuffix(l.Text, hosts.Suffix))
	if l.Service == "s3" || strings.HasPrefix(l.Service, "s3-") && l.Region != "" && !strings.Contains(l.Text, "s3-control") {
		loc, _ := s3url.Parse("https://" + whole(url))
		c = hosts.S3(region, loc.Bucket)
	}
	l.ChinaHost, l.Public, l.Instead = c.Host, c.Public, c.Instead
}

// serviceOf is the label of a host that names the service: the last one before
// the region, or before the suffix.
func serviceOf(host string) string {
	labels := strings.Split(host, ".")
	for i := len(labels) - 1; i >= 0; i-- {
		switch l := labels[i]; {
		case l == "cn" || l == "com" || l == "amazonaws" || l == urlSuffix || isRegion(l) || l == "*":
		default:
			return l
		}
	}
	return ""
}

// whole cuts an ARN out of the text that it begins.
func whole(text string) string {
	if end := strings.IndexAny(text, " \t\r\n\"'<>,;()[]{}\\"); end >= 0 {
		text = text[:end]
	}
	return text
}

func (w *walker) note(kind, text string, n *cfn.Node, at spot, fill func(*checks.Literal)) {
	t := w.stack.tree
	if t.literals++; t.literals > maxLiterals {
		t.tooLarge()
		return
	}
	p := w.stack.at(n)
	l := checks.Literal{
		Subject: at.subject, Kind: kind, Text: text, Path: at.path, Slot: at.slot, Row: at.row, Principal: at.principal,
		UsedAs: at.usedAs, Asset: w.assets[p], Exists: at.exists.String(), File: p.File, Line: p.Line, Column: p.Column,
	}
	fill(&l)
	w.literals = append(w.literals, l)
}

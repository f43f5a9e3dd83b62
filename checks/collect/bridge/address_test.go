package bridge

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestProve tries addresses that a key must not be sent to, and the spellings of
// the one that it may.
func TestProve(t *testing.T) {
	const host = "abc123.execute-api.cn-north-1.amazonaws.com.cn"
	gateways := []Gateway{{ID: "abc123"}}
	for text, want := range map[string]string{
		"https://" + host + "/prod":                                        checks.URLGateway,
		"https://" + host + "/prod/":                                       checks.URLGateway,
		"https://" + host + ":443/prod":                                    checks.URLGateway,
		"HTTPS://ABC123.Execute-API.cn-north-1.AMAZONAWS.com.cn:443/prod/": checks.URLGateway,
		"https://" + host + "/prod//":                                      checks.URLOtherStage,
		"https://" + host + "/PROD":                                        checks.URLOtherStage,
		"https://" + host + "/dev":                                         checks.URLOtherStage,
		"https://" + host + "/prod/cn":                                     checks.URLOtherStage,
		"https://" + host + "/x/../prod":                                   checks.URLOtherStage,
		"https://" + host + "/%70rod":                                      checks.URLOtherStage,
		"https://" + host + "/dev/prod":                                    checks.URLOtherStage,
		"https://" + host + "//prod":                                       checks.URLOtherStage,
		"https://" + host:                                                  checks.URLOtherStage,
		"https://" + host + "/prod;x":                                      checks.URLOtherStage,
		"https://" + host + "/prod?x=1":                                    checks.URLQuery,
		"https://" + host + "/prod?":                                       checks.URLQuery,
		"https://" + host + "/prod#":                                       checks.URLQuery,
		"https://" + host + "/prod#x":                                      checks.URLQuery,
		"https://" + host + ":8443/prod":                                   checks.URLPort,
		"https://" + host + ":/prod":                                       checks.URLPort,
		"https://user@" + host + "/prod":                                   checks.URLUserInfo,
		"https://user:word@" + host + "/prod":                              checks.URLUserInfo,
		"https://@" + host + "/prod":                                       checks.URLUserInfo,
		"https://" + host + "@evil.example.com/prod":                       checks.URLUserInfo,
		"https://evil.example.com\\@" + host + "/prod":                     checks.URLInvalid,
		"http://" + host + "/prod":                                         checks.URLNotHTTPS,
		"wss://" + host + "/prod":                                          checks.URLNotHTTPS,
		" https://" + host + "/prod":                                       checks.URLSpaces,
		"https://" + host + "/prod\n":                                      checks.URLSpaces,
		"https://" + host + "./prod":                                       checks.URLOtherHost,
		"https://" + host + ".example.com/prod":                            checks.URLOtherHost,
		"https://evil.example.com/prod":                                    checks.URLOtherHost,
		"https://127.0.0.1/prod":                                           checks.URLOtherHost,
		"https://abc123.execute-api.us-east-1.amazonaws.com/prod":          checks.URLOtherHost,
		"https://abc123.execute-api.cn-east-1.amazonaws.com.cn/prod":       checks.URLOtherHost,
		"https://other1.execute-api.cn-north-1.amazonaws.com.cn/prod":      checks.URLOtherGateway,
		"https://abc123.execute-api.cn-northwest-1.amazonaws.com.cn/prod":  checks.URLOtherGateway,
		"https://abc123.e\u212aecute-api.cn-north-1.amazonaws.com.cn/prod": checks.URLInvalid,
		"https://abc123.execute-api.cn-north-1.ama%c5%bfonaws.com.cn/prod": checks.URLInvalid,
		"https://abc123.execute-ap%C4%B0.cn-north-1.amazonaws.com.cn/prod": checks.URLInvalid,
		"https://[::1]/prod":                                               checks.URLOtherHost,
		"https://[fe80::1%25en0]/prod":                                     checks.URLOtherHost,
		"https://0x7f000001/prod":                                          checks.URLOtherHost,
		"https://" + host + "\t/prod":                                      checks.URLInvalid,
		"https:/\n/" + host + "/prod":                                      checks.URLInvalid,
		"https://" + host + "%2eexample.com/prod":                          checks.URLInvalid,
		"https://" + host + "/prod%2f":                                     checks.URLOtherStage,
		"https://" + host + "/prod%00":                                     checks.URLOtherStage,
		"//" + host + "/prod":                                              checks.URLNotHTTPS,
		host + "/prod":                                                     checks.URLInvalid,
		"https:" + host + "/prod":                                          checks.URLInvalid,
		"https://%zz/prod":                                                 checks.URLInvalid,
		"seeded-key":                                                       checks.URLInvalid,
		"":                                                                 checks.URLInvalid,
	} {
		address, got := Prove(Hide(text), gateways, true, "cn-north-1")
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if proved := address == gateways[0].Address("cn-north-1"); proved != (got == checks.URLGateway) {
			t.Errorf("%q: the address %v", text, address)
		}
	}
	for text, want := range map[string]string{
		"https://" + host + "/prod": checks.URLUnproved, "https://" + host + "/dev": checks.URLOtherStage, "https://h/prod": checks.URLOtherHost,
	} {
		if address, got := Prove(Hide(text), nil, false, "cn-north-1"); got != want || address != (Address{}) {
			t.Errorf("%q, without the gateways: %s, want %s", text, got, want)
		}
	}
}

// TestAGatewayMakesAHostName has what answers in the place of API Gateway name
// gateways whose ids would lead elsewhere.
func TestAGatewayMakesAHostName(t *testing.T) {
	for id, want := range map[string]bool{
		"abc123": true, "": false, "evil.example.com/": false, "evil.example.com#": false, "user@evil": false, "a b": false, "abc\n": false, "x.y": false, "ABC": false,
	} {
		g := Gateway{ID: id}
		if g.Named("cn-north-1") != want {
			t.Errorf("%q: %t", id, !want)
		}
		if _, state := Prove(Hide(g.Address("cn-north-1").String()), []Gateway{g}, true, "cn-north-1"); state == checks.URLGateway != want {
			t.Errorf("%q is asked: %s", id, state)
		}
	}
}

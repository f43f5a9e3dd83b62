package s3copy

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestListingsAreEncoded answers as S3 does: keys are encoded where that is
// asked for, and only there.
func TestListingsAreEncoded(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	keys := []string{"a b", "a+b", "a%2Bb", "bell\x07", "line\nbreak", "caf\u00e9", "<&>", "\x1b[31mred", "plain/key"}
	at := s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		encode, element := func(s string) string { return s }, ""
		if r.URL.Query().Get("encoding-type") == "url" {
			encode, element = url.QueryEscape, "<EncodingType>url</EncodingType>"
		}
		fmt.Fprintf(w, `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s<IsTruncated>false</IsTruncated>`, element)
		for _, key := range keys {
			fmt.Fprintf(w, "<Contents><Key>%s</Key><Size>1</Size><ETag>&quot;e&quot;</ETag></Contents>", encode(key))
		}
		io.WriteString(w, "</ListBucketResult>") //nolint:errcheck // the client is gone
		return true
	}, nil)
	found, err := remote(t, server, at, "first").List(t.Context(), "")
	if err != nil || len(found) != len(keys) {
		t.Fatalf("%d keys: %v", len(found), err)
	}
	for i, o := range found {
		if o.Key != keys[i] {
			t.Errorf("%q instead of %q", o.Key, keys[i])
		}
	}
}

// TestAListingThatIsCutShort never passes for all that is there.
func TestAListingThatIsCutShort(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	for _, token := range []string{"", "<NextContinuationToken>same</NextContinuationToken>"} {
		at := s3test.Proxy(t, server, func(w http.ResponseWriter, _ *http.Request) bool {
			io.WriteString(w, `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>true</IsTruncated>`+token+`<Contents><Key>k</Key></Contents></ListBucketResult>`) //nolint:errcheck // the client is gone
			return true
		}, nil)
		if found, err := remote(t, server, at, "first").List(t.Context(), ""); err == nil {
			t.Errorf("%q: %v", token, found)
		}
	}
}

func TestKeysAreQuoted(t *testing.T) {
	for key, want := range map[string]string{
		"v1.2.3/panther.yml": "v1.2.3/panther.yml", "a b": `"a b"`, "a\nb": `"a\nb"`, "\x1b[31m": `"\x1b[31m"`, "": `""`, "\u202e": `"\u202e"`,
	} {
		if got := (&Error{Op: "read", Key: key, Kind: ErrNotFound}).Error(); key != "" && got != "read "+want+": no such object" {
			t.Error(got)
		}
		if got := Quoted(key); got != want {
			t.Error(got)
		}
	}
}

// FuzzDecodedKey holds that a key comes back as it was encoded, and that one in
// a message stays within its line.
func FuzzDecodedKey(f *testing.F) {
	for _, key := range []string{"a b", "a+b", "%", "%zz", "\xff", "\n"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if back, err := decodedKey(url.QueryEscape(key), types.EncodingTypeUrl); err != nil || back != key {
			t.Errorf("%q became %q: %v", key, back, err)
		}
		decodedKey(key, types.EncodingTypeUrl) //nolint:errcheck // it must not panic
		if strings.ContainsFunc(Quoted(key), func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is shown as %s", key, Quoted(key))
		}
	})
}

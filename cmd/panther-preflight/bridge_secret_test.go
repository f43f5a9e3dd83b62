package main

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// keep writes the secret as somebody else might have.
func (w *world) keep(value string) {
	w.t.Helper()
	_, err := w.secrets.PutSecretValue(context.Background(), &secretsmanager.PutSecretValueInput{SecretId: aws.String("panther/china"), SecretString: &value})
	w.must(err)
}

// statusOf is the outcome of one check of status.
func (w *world) statusOf(code int, id string) (status string, whole string) {
	w.t.Helper()
	whole = w.awsSession.run(code, "china", "status", "-f", "json", "--china-profile", "cn", "--proxy-profile", "std")
	var r struct {
		Results []struct{ ID, Status string }
	}
	_, text, _ := strings.Cut(whole, "\n{") // notes on stderr come before it
	w.must(json.NewDecoder(strings.NewReader("{" + text)).Decode(&r))
	for _, one := range r.Results {
		if one.ID == id {
			return one.Status, whole
		}
	}
	w.t.Fatalf("%s is not in %s", id, whole)
	return "", ""
}

// TestTheSecretIsNeverShown puts the key, and a note beside it, under other
// names, into each other and into other encodings, and looks for them in every
// format of every command.
func TestTheSecretIsNeverShown(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	linked := w.stored()
	key, at := linked["API_KEY"], linked["URL"]
	const note = "seeded-secret-note-4d"
	object := func(fields map[string]any) string {
		text, err := json.Marshal(fields)
		w.must(err)
		return string(text)
	}
	inner := object(map[string]any{"URL": at, "API_KEY": key})
	encoded := []string{base64.StdEncoding.EncodeToString([]byte(key)), hex.EncodeToString([]byte(key)), url.QueryEscape(key + "/"), base64.StdEncoding.EncodeToString([]byte(inner))}
	w.Hide(encoded...)
	values := []string{
		object(map[string]any{"URL": key, "API_KEY": at}),
		object(map[string]any{"URL": "https://" + key + "/prod", "API_KEY": at}),
		object(map[string]any{"URL": "https://" + key + ":x@h/prod", "API_KEY": key}),
		object(map[string]any{"URL": "https://h/" + key + "/prod", "API_KEY": key}),
		object(map[string]any{"URL": at + "?key=" + key, "API_KEY": key}),
		object(map[string]any{"URL": at + "/" + key, "API_KEY": key}),
		object(map[string]any{"URL": key + "://h/prod", "API_KEY": note}),
		object(map[string]any{"URL": "https://" + key + ".execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": key}),
		object(map[string]any{"URL": at, "API_KEY": key + "\n"}),
		object(map[string]any{"URL": at, "API_KEY": note + "\u00e9"}),
		object(map[string]any{"URL": map[string]any{"URL": at, "API_KEY": key}, "API_KEY": []string{key}}),
		object(map[string]any{"panther/china": inner, key: note}),
		object(map[string]any{"URL": encoded[0], "API_KEY": encoded[1]}),
		object(map[string]any{"URL": inner, "API_KEY": inner}),
		strings.Replace(inner, `"URL":`, `"URL":"https://`+key+`.example.com/prod","URL":`, 1) + inner, // twice, and more behind
		fmt.Sprintf(`{"URL":%q,"API_KEY":%q,"URL":"https://evil.example.com/prod/%s"}`, at, key, key),
		object(map[string]any{"url": at, "api_key": key}),
		object(map[string]any{"URL": at, "API_KEY": key + " "}),
		object(map[string]any{"URL": at + "%0d%0ax-api-key:" + key, "API_KEY": key}),
		object(map[string]any{"URL": strings.Replace(at, "https://", "https://"+key+"@", 1), "API_KEY": key}),
		"\ufeff" + inner, inner + "\u0000",
		fmt.Sprintf("%q", inner), inner + inner, inner[:len(inner)-1], key, encoded[0], encoded[3], "[" + inner + "]", "URL=" + at + " API_KEY=" + key,
	}
	formats := []string{"text", "short", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"}
	for i, value := range values {
		w.keep(value)
		w.Hide(value)
		args := []string{"china", "status", "-v"}
		for _, format := range formats[1:] {
			args = append(args, "-f", fmt.Sprintf("%s=%s", format, filepath.Join(w.dir, fmt.Sprint(i, ".", format))))
		}
		asked := w.bridge.count()
		w.run(1, append(args, "-f", "text")...)
		if w.bridge.count() != asked {
			t.Errorf("the key of %d was sent", i)
		}
		w.run(1, "china", "rotate-key", "--yes")
		if w.bridge.count() != asked || len(w.keysByID()) != 1 {
			t.Errorf("a rotation began on the secret %d", i)
		}
	}
	// link mends it, and shows nothing of what was there either.
	w.run(0, "china", "link", "--yes")
	w.run(0, "china", "status")
	// The proxy that the bridge is asked through has a password of its own.
	const password = "seeded-secret-proxy-8b"
	w.Hide(password)
	w.env = append(w.env, "HTTPS_PROXY=http://user:"+password+"@127.0.0.1:9", "https_proxy=")
	w.says(w.run(1, "china", "status"), "the bridge does not answer: the connection was refused")
}

// TestTheKeyGoesToTheGatewayOnly has the secret lead elsewhere, and to spellings
// of the right place.
func TestTheKeyGoesToTheGatewayOnly(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	linked := w.stored()
	host := w.api + ".execute-api.cn-north-1.amazonaws.com.cn"
	set := func(address string) {
		text, err := json.Marshal(map[string]string{"URL": address, "API_KEY": linked["API_KEY"]})
		w.must(err)
		w.keep(string(text))
	}
	for _, address := range []string{
		"https://evil.example.com/prod", "https://other12345.execute-api.cn-north-1.amazonaws.com.cn/prod", "http://" + host + "/prod",
		"https://" + w.api + ".execute-api.cn-northwest-1.amazonaws.com.cn/prod", "https://" + w.api + ".execute-api.us-east-1.amazonaws.com/prod",
		"https://user@" + host + "/prod", "https://" + host + "/prod?a=b", "https://" + host + "/dev", "https://" + host + "/prod/dev",
		"https://" + host + ":8443/prod", "https://" + host + ".example.com/prod", "https://127.0.0.1/prod", "https://" + host,
	} {
		set(address)
		asked := w.bridge.count()
		if status, whole := w.statusOf(1, "PF-CHN-009"); status != "failed" || w.bridge.count() != asked {
			t.Errorf("%s: %s, %d requests\n%s", address, status, w.bridge.count()-asked, whole)
		}
		w.says(w.run(1, "china", "rotate-key", "--yes"), "PF-CHN-009")
		if w.bridge.count() != asked || len(w.keysByID()) != 1 || !w.keysByID()[w.first].Enabled || w.stored()["URL"] != address {
			t.Errorf("%s: a rotation began", address)
		}
	}
	for _, address := range []string{"https://" + host + ":443/prod", "HTTPS://" + strings.ToUpper(host) + "/prod/", "https://" + host + "/prod/"} {
		set(address)
		asked := w.bridge.count()
		if status, whole := w.statusOf(0, "PF-CHN-009"); status != "passed" || w.bridge.count() != asked+1 {
			t.Errorf("%s: %s\n%s", address, status, whole)
		}
	}
	w.bridge.mu.Lock()
	defer w.bridge.mu.Unlock()
	for to := range w.bridge.hosts {
		if to != host {
			t.Errorf("a request went to %s", to)
		}
	}
}

// TestARecordingHoldsNothingOfTheBridge records both accounts of a bridge, with
// the secret and the key named where collect asks for what parameters name.
func TestARecordingHoldsNothingOfTheBridge(t *testing.T) {
	w := newWorld(t)
	first := w.seedGateway()
	w.run(0, "china", "link", "--yes")
	stored := w.stored()
	secret, err := w.secrets.DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: aws.String("panther/china")})
	w.must(err)
	w.write(filepath.Join(w.dir, "root.yml"), "Parameters:\n  PulumiSecretArn: {Type: String}\n  Other: {Type: String}\nResources:\n  Topic: {Type: AWS::SNS::Topic}\n")
	for region, profile := range map[string]string{"cn-north-1": "cn", "ap-southeast-1": "std"} {
		for _, redact := range []string{"--redact=false", "--redact"} {
			file := filepath.Join(w.dir, region+redact+".json")
			arn := strings.Replace(*secret.ARN, "ap-southeast-1", region, 1)
			if region == "cn-north-1" {
				arn = strings.Replace(arn, "arn:aws:", "arn:aws-cn:", 1)
			}
			w.awsSession.run(0, "collect", "-o", file, redact, "--template", "root.yml", "--profile", profile, "--region", region, "--stack-name", "panther",
				"-p", "PulumiSecretArn="+arn, "-p", "Other="+first, "-v", "--timeout", "60s")
			text, err := os.ReadFile(file)
			w.must(err)
			if !strings.Contains(string(text), `"secrets"`) || strings.Contains(string(text), stored["API_KEY"]) || strings.Contains(string(text), stored["URL"]) {
				t.Errorf("the recording of %s is not one, or holds what the secret holds", region)
			}
		}
	}
}

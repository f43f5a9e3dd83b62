package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// pageOf draws the page that the browser tests look at.
func pageOf(t *testing.T, r *checks.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, r, report.Options{Details: details()}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const shown = `Array.from(document.querySelectorAll(".check")).filter(c => !c.hidden).map(c => c.id).join(" ")`

func (b *browser) expect(expression, want string) {
	b.t.Helper()
	var got string
	b.eval("String("+expression+")", &got)
	if got != want {
		b.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

func TestThePageInABrowser(t *testing.T) {
	b := openBrowser(t)
	b.show(pageOf(t, everything()), 1280)
	b.shoot("light")
	const open = "CORP-TAG-001 PF-IAM-001 PF-PRM-002 PF-PRM-008 PF-SCP-001 PF-SCP-002 PF-SCP-003 PF-UPG-002"

	t.Run("opens with what matters", func(t *testing.T) {
		b.t = t
		b.expect(shown, open)
		b.expect(`document.querySelector("#verdict").textContent`, "BLOCKED: 4 causes stop this deployment (4 errors). Do not deploy yet.")
		b.expect(`document.querySelectorAll(".check[open]").length`, "3")
	})
	t.Run("filters by status", func(t *testing.T) {
		b.t = t
		b.eval(`document.querySelector("[value=error]").click()`, nil)
		b.expect(shown, "CORP-TAG-001 PF-IAM-001 PF-PRM-008 PF-SCP-001 PF-SCP-002 PF-UPG-002")
		b.expect(`document.querySelectorAll("#PF-SCP-001 .finding:not([hidden])").length`, "2")
		b.eval(`document.querySelector("[value=passed]").click()`, nil)
		b.expect(shown, "CORP-TAG-001 PF-IAM-001 PF-PRM-001 PF-PRM-008 PF-SCP-001 PF-SCP-002 PF-UPG-002")
		b.expect(`document.getElementById("shown").textContent`, "6 of 10 findings in 7 of 12 checks")
		b.press("Escape")
		b.expect(shown, open)
	})
	t.Run("filters by area, owner and stack", func(t *testing.T) {
		b.t = t
		choose := func(id, value string) {
			b.eval(fmt.Sprintf(`(s => { s.value = %q; s.dispatchEvent(new Event("input", {bubbles: true})) })(document.getElementById(%q))`, value, id), nil)
		}
		choose("area", "Upgrade")
		b.expect(shown, "PF-UPG-002")
		b.eval(`document.getElementById("clear").click()`, nil)
		choose("owner", "vendor")
		b.expect(shown, "CORP-TAG-001")
		b.eval(`document.getElementById("clear").click()`, nil)
		b.eval(`document.querySelector("[data-stack='Onboard']").click()`, nil)
		b.expect(shown, "PF-SCP-001")
		b.expect(`document.querySelectorAll("#PF-SCP-001 .finding:not([hidden])").length`, "1")
		b.expect(`document.querySelector("[data-stack='Onboard']").getAttribute("aria-pressed")`, "true")
		b.eval(`document.querySelector("[data-stack='Onboard']").click()`, nil)
		b.expect(shown, open)
	})
	t.Run("shows where the organization denies", func(t *testing.T) {
		b.t = t
		b.expect(`Array.from(document.querySelectorAll(".path > li > h3")).map(e => e.textContent).join()`, "Root,Workloads,111122223333")
		b.expect(`document.querySelectorAll(".path > li:nth-child(2) .policy.error code").length`, "3")
		b.expect(`document.querySelector(".path > li:nth-child(3) .policy.error").textContent.includes("sqs:CreateQueue and 1 more")`, "true")
		b.expect(`Array.from(document.querySelectorAll(".matrix tbody tr")).map(r => r.textContent.trim().replace(/\s+/g, " ").slice(0, 6)).length`, "4")
	})
	t.Run("is worked by keys", func(t *testing.T) {
		b.t = t
		b.press("/")
		b.expect(`document.activeElement.id`, "search")
		b.call("Input.insertText", map[string]any{"text": "createbucket vpc"}, nil)
		b.expect(shown, "PF-SCP-002")
		b.call("Input.insertText", map[string]any{"text": " jk/"}, nil)
		b.expect(shown, "")
		b.expect(`document.getElementById("none").hidden`, "false")
		b.press("Escape")
		b.expect(shown, open)
		b.press("j")
		b.press("j")
		b.expect(`document.activeElement.closest(".check").id`, "PF-IAM-001")
		b.expect(`document.activeElement.closest(".check").open`, "false")
		b.press("Enter")
		b.expect(`document.activeElement.closest(".check").open`, "true")
		b.press("k")
		b.expect(`document.activeElement.closest(".check").id`, "CORP-TAG-001")
		b.eval(`document.activeElement.blur()`, nil)
		b.press("Tab")
		b.expect(`document.activeElement !== document.body`, "true")
	})
	t.Run("an address opens what it names", func(t *testing.T) {
		b.t = t
		b.eval(`new Promise(done => { addEventListener("hashchange", () => setTimeout(done), {once: true}); location.hash = "PF-PRM-001" })`, nil)
		b.expect(`document.getElementById("PF-PRM-001").hidden`, "false")
		b.expect(`document.getElementById("PF-PRM-001").open`, "true")
		b.press("Escape")
	})
	t.Run("copies a fix", func(t *testing.T) {
		b.t = t
		b.expect(`document.querySelectorAll("#causes .cause").length`, "8")
		b.expect(`document.querySelector("#causes .cause:nth-of-type(3) .copy").dataset.copy`, `{"Sid":"NoKeys","Effect":"Deny"}`)
		b.expect(`Array.from(document.querySelectorAll(".toc a")).every(a => document.querySelector(a.hash))`, "true")
		b.eval(`(() => { Object.defineProperty(navigator, "clipboard", {value: {writeText: t => { window.copied = t; return Promise.resolve() }}, configurable: true}); document.querySelector("#causes .copy").click() })()`, nil)
		b.expect(`window.copied`, "Give the parameter a value that the constraint allows.")
	})
	t.Run("prints the causes whole and the checks folded", func(t *testing.T) {
		b.t = t
		b.eval(`window.dispatchEvent(new Event("beforeprint"))`, nil)
		b.expect(`document.querySelectorAll(".check[open]").length`, "0")
		b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
		b.expect(`getComputedStyle(document.querySelector(".filters")).display`, "none")
		b.eval(`document.documentElement.dataset.theme = "dark"`, nil)
		b.expect(`getComputedStyle(document.body).backgroundColor`, "rgb(255, 255, 255)")
		b.shoot("print")
		b.call("Emulation.setEmulatedMedia", map[string]any{"media": ""}, nil)
		b.eval(`window.dispatchEvent(new Event("afterprint"))`, nil)
		var pdf struct {
			Data []byte `json:"data"`
		}
		b.call("Page.printToPDF", nil, &pdf)
		if !bytes.HasPrefix(pdf.Data, []byte("%PDF-")) {
			t.Errorf("no document: %.20q", pdf.Data)
		}
	})
	t.Run("nothing complains and nothing leaves", func(t *testing.T) {
		b.t = t
		if all := b.complaints(); len(all) > 0 {
			t.Error(strings.Join(all, "\n"))
		}
	})
}

// contrasts lists texts whose colour is too near that of what is behind them.
const contrasts = `(() => {
	const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m };
	const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c } return [255, 255, 255] };
	const bad = new Set();
	for (const e of document.querySelectorAll("body *")) {
		const own = Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
		if (!own || !e.checkVisibility() || e.tagName === "SCRIPT" || e.tagName === "OPTION") continue;
		const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
		const ratio = (a + 0.05) / (b + 0.05);
		if (ratio < 4.5) bad.add(e.tagName + "." + e.className + " " + ratio.toFixed(2));
	}
	return Array.from(bad).join("; ");
})()`

func TestThePageIsLegibleInLightAndDark(t *testing.T) {
	b := openBrowser(t)
	b.show(pageOf(t, everything()), 1280)
	b.eval(`document.querySelectorAll("details").forEach(d => d.open = true); document.querySelectorAll("[name=state]:not(:checked)").forEach(c => c.click())`, nil)
	papers := map[string]bool{}
	for _, scheme := range []string{"light", "dark"} {
		b.call("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
		b.expect(contrasts, "")
		b.shoot("all-" + scheme)
		var paper string
		b.eval(`getComputedStyle(document.body).backgroundColor`, &paper)
		papers[paper] = true
	}
	if len(papers) != 2 {
		t.Error("light and dark have the same paper")
	}
	b.eval(`document.getElementById("theme").click()`, nil)
	b.expect(`document.documentElement.dataset.theme`, "light")
	b.expect(contrasts, "")
}

func TestThePageFitsAPhone(t *testing.T) {
	b := openBrowser(t)
	r := everything()
	r.Results[4].Findings[0].Message = strings.Repeat("averylongwordwithoutanybreak", 12)
	r.Results[4].Findings[0].Subject = "parameter:" + strings.Repeat("X", 200)
	r.Results[6].Findings[0].Found = strings.Repeat("arn:aws:kms:", 40)
	for _, result := range r.Results {
		for i := range result.Findings {
			result.Findings[i].Fix = `{"Sid":"` + strings.Repeat("NoNetworks", 20) + `"}`
		}
	}
	b.show(pageOf(t, r), 360)
	b.eval(`document.querySelectorAll("details").forEach(d => d.open = true)`, nil)
	b.shoot("phone")
	b.expect(`document.documentElement.scrollWidth`, "360")
	b.expect(`Array.from(document.querySelectorAll("body *")).filter(e => e.getBoundingClientRect().right > 360 && !e.closest(".scroll, pre")).map(e => e.outerHTML.slice(0, 90)).join("; ")`, "")
	// What has no box of its own spills out of it without making the page wider.
	b.expect(`Array.from(document.querySelectorAll("main *")).filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !e.matches("summary, .id, select, input") && !e.closest(".scroll, pre")).map(e => e.outerHTML.slice(0, 90)).join("; ")`, "")
	b.expect(`Array.from(document.querySelectorAll("button, select, .chip, summary")).filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 32).map(e => e.outerHTML).join()`, "")
	b.expect(`document.querySelector("meta[name=viewport]") !== null`, "true")
}

func TestHostileTextStaysText(t *testing.T) {
	b := openBrowser(t)
	attacks := []string{
		`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'-alert(1)-'`, "`${alert(1)}`",
		`</style><style>*{display:none}`, `<!--<script>`, `{{.Report}}`, `javascript:alert(1)`, `<svg/onload=alert(1)>`, "\u2028alert(1)",
	}
	r := everything()
	for i, attack := range attacks {
		f := checks.Finding{
			Subject: attack, Message: attack, File: attack, Line: 1, Expected: attack, Found: attack, Fix: attack + "\n  " + attack,
			Owner: checks.OwnerYou, Waived: &checks.Waiver{Reason: attack, Owner: attack, Expires: attack},
			Evidence: map[string]any{"resources": []any{map[string]any{"subject": attack + "#A"}, map[string]any{"subject": attack}}},
		}
		r.Results[4].Findings = append(r.Results[4].Findings, f)
		r.Gaps = append(r.Gaps, checks.Gap{Fact: attack, Reason: attack, Action: attack})
		r.Notes = append(r.Notes, attack)
		r.Results[i].Title, r.Results[i].Docs, r.Results[i].Source, r.Results[i].Area = attack, attack, attack, attack
	}
	r.Results[0].ID, r.Target.StackName, r.Tool.Version = attacks[1], attacks[0], attacks[0]
	b.show(pageOf(t, r), 1280)
	b.expect(`document.querySelectorAll("img, svg, iframe, object, embed").length`, "0")
	b.expect(`document.scripts.length + " " + document.querySelectorAll("style").length`, "1 1")
	b.expect(`Array.from(document.querySelectorAll("a")).filter(a => a.protocol === "javascript:").length`, "0")
	b.expect(`Array.from(document.querySelectorAll("*")).filter(e => Array.from(e.attributes).some(a => a.name.startsWith("on"))).length`, "0")
	b.eval(`document.querySelectorAll("a[href^='#']").forEach(a => a.click())`, nil)
	if all := b.complaints(); len(all) > 0 {
		t.Error(strings.Join(all, "\n"))
	}
}

// TestTheTableOfTargetsFitsAPhone holds the rows of a run over several targets to
// a few lines: the table scrolls, and its last column does not break every word.
func TestTheTableOfTargetsFitsAPhone(t *testing.T) {
	one := everything()
	one.Environment = "prod"
	f := &checks.Fleet{SchemaVersion: one.SchemaVersion, Tool: one.Tool, ExitCode: checks.ExitFinding, Reports: []checks.Report{*one},
		Targets: []checks.TargetRow{{Environment: one.Environment, Target: one.Target, ExitCode: checks.ExitFinding, Summary: one.Summary}}}
	var page bytes.Buffer
	if err := report.Several("html", &page, f, []report.Options{{Offline: true}}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t)
	b.show(page.Bytes(), 390)
	b.expect(`document.documentElement.scrollWidth`, "390")
	b.expect(`Array.from(document.querySelectorAll(".rows tbody tr")).filter(r => r.getBoundingClientRect().height > 240).length`, "0")
}

.DEFAULT_GOAL := help
OPA := go run github.com/open-policy-agent/opa@v1.22.2
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
GORELEASER := go run github.com/goreleaser/goreleaser/v2@v2.16.0
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0
ACTIONLINT := go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
SYFT := go run github.com/anchore/syft/cmd/syft@v1.57.1
TESTFLAGS ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build the programs into bin/
	go build -trimpath -o bin/ ./cmd/panther-preflight ./cmd/releasecopy

example: build ## run the main job on the embedded example
	@bin/panther-preflight check --example || test $$? -eq 1

test: ## run every test: Go, Rego with coverage, command lines
	go test $(TESTFLAGS) ./...

lint: ## vet, formatting, staticcheck, actionlint
	go vet ./...
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	go mod tidy -diff
	$(STATICCHECK) ./...
	$(ACTIONLINT)

vuln: ## look for known vulnerabilities in what is built
	$(GOVULNCHECK) ./...

fmt: ## format Go and Rego
	gofmt -w .
	$(OPA) fmt -w policies

check: ## write a new check: make check ID=PF-XXX-000 NAME=area/name
	go run ./policies/newcheck -id $(ID) -name $(NAME)

generate: ## write the generated files anew
	go generate ./...

# The Python package of cfn-lint, which carries the registry schemas of all regions.
CFN_LINT ?= $(shell python3 -c "import cfnlint, os; print(os.path.dirname(cfnlint.__file__))")

data: ## refresh the embedded data from the sources that docs/data.md names
	go run ./checks/registry/gen -schemas "$(CFN_LINT)"
	go run ./checks/derive/awsdata/gen -iam-data $(IAM_DATA) -schemas $(SCHEMAS) -origin "$(SCHEMAS_ORIGIN)"
	$(if $(ROLES_JSON),go run ./checks/derive/published/gen $(ROLES_JSON) checks/derive/published/roles.json.gz)

bench: build ## measure: Go benchmarks, and whole processes beside cfn-lint (RELEASE=folder)
	go test -run '^$$' -bench . -benchmem ./checks/... ./transform/...
	go run ./testdata/bench -program bin/panther-preflight $(if $(RELEASE),-release $(RELEASE))

bench-copy: ## measure the copy of a release beside aws s3 cp
	go run ./testdata/bench/copy

dist: ## build archives and packages of every platform, with checksums
	$(GORELEASER) release --snapshot --clean --skip=docker,sbom,sign

CHROMIUM ?= chromium
picture: build ## draw the README's picture of a report anew, light and dark
	@bin/panther-preflight check --example --format html=bin/report.html >/dev/null || test $$? -eq 1
	@for scheme in 0-dark 1-light; do $(CHROMIUM) --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
		--user-data-dir="$$(mktemp -d)" --blink-settings=preferredColorScheme=$${scheme%-*} --window-size=1100,760 \
		--screenshot=docs/images/report-$${scheme#*-}.png "file://$$PWD/bin/report.html"; done

site: ## build the documentation as a site into dist-site/, from README.md and docs/
	npm --prefix site ci --ignore-scripts
	npm --prefix site run build

TOOLS_BIN ?= $(HOME)/.local/bin
tools: ## install what the tests of a release run, into TOOLS_BIN
	@for tool in $(subst go run ,,$(ACTIONLINT) $(GORELEASER)); do GOBIN="$(TOOLS_BIN)" go install "$$tool"; done

syft: ## install what makes the lists of parts, into TOOLS_BIN; it takes minutes to compile
	GOBIN="$(TOOLS_BIN)" go install $(subst go run ,,$(SYFT))

.PHONY: bench-copy dist tools syft picture site help build example test lint vuln fmt check generate data bench

.DEFAULT_GOAL := help
OPA := go run github.com/open-policy-agent/opa@v1.22.2
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0
TESTFLAGS ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build the programs into bin/
	go build -trimpath -o bin/ ./cmd/panther-preflight

example: build ## run the main job on the embedded example
	@bin/panther-preflight check --example || test $$? -eq 1

test: ## run every test: Go, Rego with coverage, command lines
	go test $(TESTFLAGS) ./...

lint: ## vet, formatting, staticcheck
	go vet ./...
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	go mod tidy -diff
	$(STATICCHECK) ./...

vuln: ## look for known vulnerabilities in what is built
	$(GOVULNCHECK) ./...

fmt: ## format Go and Rego
	gofmt -w .
	$(OPA) fmt -w policies

check: ## write a new check: make check ID=PF-XXX-000 NAME=area/name
	go run ./policies/newcheck -id $(ID) -name $(NAME)

generate: ## write the generated files anew
	go generate ./...

data: ## refresh the embedded data from its sources; see docs/data.md
	@echo "see docs/data.md: every embedded file names its source and the command that makes it"

bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: help build example test lint vuln fmt check generate data bench

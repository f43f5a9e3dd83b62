// Package main writes the certificate authorities of the container image, which
// has no other file of a distribution. They are those that Mozilla trusts, at
// the version that go.mod names.
package main

import (
	"bytes"
	"encoding/pem"
	"flag"
	"log"
	"os"
	"path/filepath"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

func main() {
	log.SetFlags(0)
	output := flag.String("o", "ca-certificates.crt", "file to write")
	flag.Parse()
	if err := os.MkdirAll(filepath.Dir(*output), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*output, roots(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// roots leaves out authorities that are trusted for older certificates only: a
// file of certificates cannot say so.
func roots() []byte {
	var file bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil {
			_ = pem.Encode(&file, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}) // a buffer takes all
		}
	}
	return file.Bytes()
}

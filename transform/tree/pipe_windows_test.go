package tree

import "errors"

func pipe(string) error { return errors.ErrUnsupported }

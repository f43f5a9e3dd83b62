package s3copy

import (
	"math/bits"
	"sync"
)

// partBuffers keep the buffers that parts are held in between two buckets, by
// size: the next power of two. New ones for every part would be garbage of
// several times the memory that a copy may take.
var partBuffers [64]sync.Pool

func partBuffer(size int64) []byte {
	class := bits.Len64(uint64(max(size, 1) - 1))
	if b, ok := partBuffers[class].Get().(*[]byte); ok {
		return (*b)[:size]
	}
	return make([]byte, size, 1<<class)
}

// reuse gives a buffer back. It must be one that nobody reads any more: a
// request that failed may still be reading its body.
func reuse(buffer []byte) {
	buffer = buffer[:cap(buffer)]
	partBuffers[bits.Len64(uint64(cap(buffer)-1))].Put(&buffer)
}

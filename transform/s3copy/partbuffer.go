package s3copy

import (
	"math/bits"
	"sync"
)

// partBuffers keep the buffers that parts are held in between two buckets, by
// size: the next power of two. New ones for every part would be garbage of
// several times the memory that a copy may take.
var partBuffers [64]sync.Pool

func sizeClass(size int64) int { return bits.Len64(uint64(max(size, 1) - 1)) }

// bufferFor is the memory that a part of a size takes.
func bufferFor(size int64) int64 { return 1 << sizeClass(size) }

func partBuffer(size int64) []byte {
	if b, ok := partBuffers[sizeClass(size)].Get().(*[]byte); ok {
		return (*b)[:size]
	}
	return make([]byte, size, bufferFor(size))
}

// reuse gives a buffer back. It must be one that nobody reads any more: a
// request that failed may still be reading its body.
func reuse(buffer []byte) {
	buffer = buffer[:cap(buffer)]
	partBuffers[sizeClass(int64(cap(buffer)))].Put(&buffer)
}

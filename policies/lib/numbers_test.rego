package preflight.lib_test

import data.preflight.lib

test_grouped if {
	lib.grouped(7) == "7"
	lib.grouped(999) == "999"
	lib.grouped(10240) == "10,240"
	lib.grouped("123456") == "123,456"
	lib.grouped(1048576) == "1,048,576"
	lib.grouped("0.5") == "0.5"
	lib.grouped("aws") == "aws"
}

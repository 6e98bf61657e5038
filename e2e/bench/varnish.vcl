vcl 4.1;
# @origin@ is filled in by bench.py.
backend default { .host = "127.0.0.1"; .port = "@origin@"; }

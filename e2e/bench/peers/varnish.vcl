vcl 4.1;
# Names between at signs are filled in by peers.py.
backend default { .host = "127.0.0.1"; .port = "@origin@"; }

# The personal page: one page for all, put together from fragments that are kept for each reader.
sub vcl_recv {
  if (req.http.Cookie) {
    set req.http.X-Reader = req.http.Cookie;
    unset req.http.Cookie;
  }
}

sub vcl_hash {
  if (req.url ~ "^/fragment/") {
    hash_data(req.http.X-Reader);
  }
}

sub vcl_backend_response {
  if (bereq.url == "/personal-esi") {
    set beresp.do_esi = true;
  }
}

import { type LogFormatCase, read, some } from './log-format-case.ts';

/** https://nginx.org/en/docs/http/ngx_http_log_module.html and the pages of the modules whose variables these are. */
export const nginxCases: readonly LogFormatCase[] = [
  {
    name: 'the main format that nginx ships, pasted whole',
    format: `log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';`,
    line: '10.0.0.5 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512 "-" "curl/8.5.0" "192.0.2.1, 203.0.113.9"',
    exchange: {
      ...read,
      responseBytes: 512,
      clientAddress: '203.0.113.9',
      ...some({ 'user-agent': 'curl/8.5.0' }),
    },
  },
  {
    name: 'ingress-nginx upstreaminfo: service, tries, times (kubernetes.github.io/ingress-nginx, log format)',
    format:
      '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id',
    line: '198.51.100.4 - mara [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/2.0" 200 512 "-" "curl/8.5.0" 321 0.045 [shop-users-80] [] 10.42.0.7:8080, 10.42.0.8:8080 0, 512 0.001, 0.043 502, 200 6f1c9ad2b34e7f60a1d2c3e4f5061728',
    exchange: {
      ...read,
      latencyMs: 45,
      requestBytes: 321,
      responseBytes: 512,
      service: 'shop-users-80',
      consumer: 'mara',
      answeredBy: 'upstream',
      ...some({ 'user-agent': 'curl/8.5.0' }),
    },
  },
  {
    name: 'ingress-nginx upstreaminfo: the gateway refused for the rate, without an upstream',
    format:
      '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id',
    line: '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/2.0" 429 162 321 0.000 [shop-users-80] [] - - - - 6f1c9ad2b34e7f60a1d2c3e4f5061728',
    exchange: {
      ...read,
      status: 429,
      latencyMs: 0,
      requestBytes: 321,
      responseBytes: 162,
      service: 'shop-users-80',
      answeredBy: 'gateway',
    },
  },
  {
    name: 'a 400 of nginx itself says nothing of its rules',
    format: '$remote_addr [$time_local] "$request" $status $upstream_status',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 400 -',
    exchange: { ...read, status: 400 },
  },
  {
    name: 'the answer of the upstream, by its address alone',
    format: '$remote_addr [$time_local] "$request" $status $upstream_addr',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 unix:/run/app.sock',
    exchange: { ...read, answeredBy: 'upstream' },
  },
  {
    name: 'no upstream could be reached',
    format: '$remote_addr [$time_local] "$request" $status $upstream_addr',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 502 10.42.0.7:8080, 10.42.0.8:8080',
    exchange: { ...read, status: 502 },
  },
  {
    name: 'the old ingress-nginx format: the real address stands in brackets',
    format: '$remote_addr - [$the_real_ip] - $remote_user [$time_local] "$request" $status $body_bytes_sent',
    line: '10.0.0.5 - [198.51.100.4] - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    exchange: { ...read, responseBytes: 512 },
  },
  {
    name: 'seconds with milliseconds are more exact than the local time beside them',
    format: '$msec [$time_local] $remote_addr "$request" $status',
    line: '1767607200.250 [05/Jan/2026:10:00:00 +0000] 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'ISO time with an offset, parts of the request, whole messages',
    format:
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how nginx writes a variable.
      '${time_iso8601}|${remote_addr}|${request_method}|${request_uri}|${status}|${bytes_sent}|${body_bytes_sent}|${request_time}',
    line: '2026-01-05T11:30:00+01:30|198.51.100.4|GET|/users/7?full=1|200|734|512|0.173',
    exchange: { ...read, target: '/users/7?full=1', responseBytes: 734, latencyMs: 173 },
  },
  {
    name: 'key=value with an absolute URL made of scheme, host and target',
    format:
      'time=$time_iso8601 client=$remote_addr method=$request_method url=$scheme://$host$request_uri status=$status agent="$http_user_agent"',
    line: 'time=2026-01-05T10:00:00+00:00 client=198.51.100.4 method=GET url=https://api.shop.test/users/7 status=200 agent="a \\x22b\\x22 c"',
    exchange: {
      ...read,
      host: 'api.shop.test',
      scheme: 'https',
      ...some({ 'user-agent': 'a \\x22b\\x22 c' }),
    },
  },
  {
    name: 'path, mark and arguments side by side',
    format: '$remote_addr $time_iso8601 $request_method $uri$is_args$args $status',
    line: '198.51.100.4 2026-01-05T10:00:00+00:00 GET /users/7?full=1 200',
    exchange: { ...read, target: '/users/7?full=1' },
  },
  {
    name: 'path, mark and arguments of a request that has none',
    format: '$remote_addr $time_iso8601 $request_method $uri$is_args$args $status',
    line: '198.51.100.4 2026-01-05T10:00:00+00:00 GET /users/7 200',
    exchange: read,
  },
  {
    name: 'a decoded path is written so that it decodes to itself',
    format: '$remote_addr $time_iso8601 "$request_method" "$uri" "$query_string" $status',
    line: '198.51.100.4 2026-01-05T10:00:00+00:00 "GET" "/100%/why?/\\xC3\\xA9" "-" 200',
    exchange: { ...read, target: '/100%25/why%3F/%C3%A9' },
  },
  {
    name: 'request headers that are logged, those absent left out',
    format:
      '$remote_addr [$time_local] "$request" $status "$http_authorization" "$http_x_api_key" "$http_cookie" "$cookie_session"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "Bearer abc" "-" "-" "s1"',
    exchange: { ...read, ...some({ authorization: 'Bearer abc', cookie: 's1' }) },
  },
  {
    name: 'no logged header was sent',
    format: '$remote_addr [$time_local] "$request" $status "$http_authorization"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "-"',
    exchange: { ...read, ...some({}) },
  },
  {
    name: 'response headers, those of the client before those of the upstream',
    format:
      '$remote_addr [$time_local] "$request" $status "$upstream_http_cache_control" "$sent_http_cache_control" "$upstream_http_x_ratelimit_limit"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "private" "no-store" "60"',
    exchange: {
      ...read,
      responseHeaders: { 'cache-control': 'no-store', 'x-ratelimit-limit': '60' },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'TLS, client certificate and the host that was asked for',
    format:
      '$remote_addr:$remote_port [$time_local] "$request" $status $ssl_protocol/$ssl_cipher $ssl_client_verify $http_host $server_name',
    line: '2001:db8::7:51234 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 TLSv1.3/TLS_AES_256_GCM_SHA384 SUCCESS api.shop.test:8443 _',
    exchange: {
      ...read,
      clientAddress: '2001:db8::7',
      scheme: 'https',
      credentialSeen: true,
      host: 'api.shop.test:8443',
    },
  },
  {
    name: 'no TLS, a certificate that failed, a server without a name',
    format: '$remote_addr [$time_local] "$request" $status $ssl_protocol "$ssl_client_verify" $server_name',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 - "FAILED:certificate has expired" _',
    exchange: { ...read, scheme: 'http' },
  },
  {
    name: 'a proxy before nginx ended TLS',
    format: '$remote_addr [$time_local] "$request" $status $scheme "$http_x_forwarded_proto"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 http "https"',
    exchange: { ...read, scheme: 'https' },
  },
  {
    name: 'the https variable is empty without TLS',
    format: '$remote_addr [$time_local] "$request" $status [$https]',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 []',
    exchange: { ...read, scheme: 'http' },
  },
  {
    name: 'the time of the upstreams stands in for a time that is not logged',
    format: '$remote_addr [$time_local] "$request" $status $upstream_response_time',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 0.001, 0.120 : 0.004',
    exchange: { ...read, latencyMs: 125 },
  },
  {
    name: 'variables we do not know are read past, also with blanks in them',
    format: '$remote_addr [$time_local] $geoip_city "$request" $my_own_thing $status',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] New York "GET /users/7 HTTP/1.1" a b c 200',
    exchange: read,
  },
  {
    name: 'escape=json writes nothing for what is absent',
    format: `log_format t escape=json '$remote_addr [$time_local] "$request" $status "$http_authorization" "$remote_user"';`,
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /a\\"b HTTP/1.1" 200 "" ""',
    exchange: { ...read, target: '/a"b', ...some({}) },
  },
  {
    name: 'escape=none leaves quotes of the caller as they are',
    format: `log_format t escape=none '$remote_addr [$time_local] "$request" $status "$http_user_agent"';`,
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "a "b" c"',
    exchange: { ...read, ...some({ 'user-agent': 'a "b" c' }) },
  },
  {
    name: 'bytes that are not UTF-8 do not hide a line',
    format: '$remote_addr [$time_local] "$request" $status "$http_user_agent"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "\udce9"',
    exchange: { ...read, ...some({ 'user-agent': '\ufffd' }) },
  },
  {
    name: 'a caller cannot write a status of his own into a quoted field',
    format: '$remote_addr [$time_local] "$http_user_agent" "$request" $status',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "x\\x22 \\x22DELETE /admin HTTP/1.1\\x22 500" "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, ...some({ 'user-agent': 'x\\x22 \\x22DELETE /admin HTTP/1.1\\x22 500' }) },
  },
  {
    name: 'a service by its name, an address by the PROXY protocol',
    format:
      '$proxy_protocol_addr $remote_addr [$time_local] "$request" $status $service_name $proxy_upstream_name',
    line: '198.51.100.4 10.0.0.5 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 users shop-users-80',
    exchange: { ...read, service: 'users' },
  },
];

import { type LogFormatCase, read, some } from './log-format-case.ts';

/** https://httpd.apache.org/docs/2.4/mod/mod_log_config.html, and mod_ssl, mod_logio, mod_remoteip. */
export const apacheCases: readonly LogFormatCase[] = [
  {
    name: 'the nickname common',
    format: 'common',
    line: '198.51.100.4 - mara [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    exchange: { ...read, responseBytes: 512, consumer: 'mara' },
  },
  {
    name: 'the nickname combined',
    format: 'combined',
    line: '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512 "-" "say \\"hi\\""',
    exchange: { ...read, responseBytes: 512, ...some({ 'user-agent': 'say \\"hi\\"' }) },
  },
  {
    name: 'the nickname vhost_combined',
    format: 'vhost_combined',
    line: 'api.shop.test:443 198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 734 "-" "-"',
    exchange: { ...read, host: 'api.shop.test', responseBytes: 734, ...some({}) },
  },
  {
    name: 'combined and microseconds, pasted whole',
    format:
      'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\" %D" combined_timed',
    line: '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 - "-" "-" 45123',
    exchange: { ...read, latencyMs: 45.123, ...some({}) },
  },
  {
    name: 'the quoted text without its directive',
    format: '"%a %t \\"%r\\" %>s %I %O"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 321 734',
    exchange: { ...read, requestBytes: 321, responseBytes: 734 },
  },
  {
    name: 'milliseconds, then seconds: the finer unit is taken',
    format: '%a %t "%r" %>s %T %{ms}T %{s}T',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 1 1250 1',
    exchange: { ...read, latencyMs: 1250 },
  },
  {
    name: 'seconds alone',
    format: '%a %t "%r" %>s %T',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 2',
    exchange: { ...read, latencyMs: 2000 },
  },
  {
    name: 'a time in three parts (the example of mod_log_config)',
    format: '%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t %a "%m %U%q %H" %s',
    line: '05/Jan/2026 11:30:00.250 +0130 198.51.100.4 "GET /users/7?full=1 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z', target: '/users/7?full=1' },
  },
  {
    name: 'microseconds as fraction, without a zone: UTC',
    format: '%{%Y-%m-%d %H:%M:%S}t.%{usec_frac}t %a "%r" %>s',
    line: '2026-01-05 10:00:00.250999 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'the beginning of the request is taken, not its end',
    format: '%{end:%F %T}t %{begin:%F %T}t %a "%r" %>s',
    line: '2026-01-05 10:00:09 2026-01-05 10:00:00 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'the finest of several counts since 1970 at the beginning of the request',
    format: '%{end:usec}t %{sec}t %{msec}t %t %a "%r" %>s',
    line: '1767607209000000 1767607200 1767607200250 [05/Jan/2026:10:00:00 +0000] 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'the end of the request where nothing else is logged',
    format: '%{end:sec}t %a "%r" %>s',
    line: '1767607200 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'a caller cannot end a quoted field with an escaped quote',
    format: '%a %t "%{User-Agent}i" %>s %m %U',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "x\\" 500 GET /admin" 200 GET /users/7',
    exchange: { ...read, ...some({ 'user-agent': 'x\\" 500 GET /admin' }) },
  },
  {
    name: 'ISO time by strftime with a zone',
    format: '%{%Y-%m-%dT%H:%M:%S%z}t %a "%r" %>s',
    line: '2026-01-05T11:30:00+0130 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'names of days and months, twelve hours',
    format: '[%{%A %e %B %Y %I:%M:%S %p}t] %a "%r" %>s',
    line: '[Monday  5 January 2026 10:00:00 AM] 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'the form of ctime',
    format: '%{%c}t %a "%r" %>s',
    line: 'Mon Jan  5 10:00:00 2026 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'seconds since 1970',
    format: '%{sec}t %a "%r" %>s',
    line: '1767607200 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: read,
  },
  {
    name: 'seconds since 1970 and their fraction',
    format: '%{sec}t.%{msec_frac}t %a "%r" %>s',
    line: '1767607200.250 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'milliseconds since 1970',
    format: '%{msec}t %a "%r" %>s',
    line: '1767607200250 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'microseconds since 1970',
    format: '%{usec}t %a "%r" %>s',
    line: '1767607200250999 198.51.100.4 "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'the final status is taken, not the original one',
    format: '%a %t "%r" %s %>s',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 301 200',
    exchange: read,
  },
  {
    name: 'conditions and modifiers',
    format: '%a %t "%<r" %>s "%!200,304{Referer}i" "%400,501{User-Agent}i"',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "-" "-"',
    exchange: { ...read, ...some({}) },
  },
  {
    name: 'everything that is read past',
    format: '%a %A %B %f %H %k %l %L %p %{local}p %P %{tid}P %R %X %{UNIQUE_ID}e %{note}n %t 100%% "%r" %>s',
    line: '198.51.100.4 10.0.0.1 512 /srv/my www/index.html HTTP/1.1 0 - - 443 8443 4711 1403 proxy-server + aBc note 1 [05/Jan/2026:10:00:00 +0000] 100% "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, responseBytes: 512 },
  },
  {
    name: 'headers both ways, the host and the addresses that proxies add',
    format:
      '%{c}a %t "%r" %>s "%{Host}i" "%{X-Forwarded-For}i" "%{X-Forwarded-Proto}i" "%{X-API-Key}i" "%{Cache-Control}o" "%{session}C"',
    line: '10.0.0.5 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 "api.shop.test" "192.0.2.1, 198.51.100.4, 10.0.0.9" "https" "k-1" "no-store" "-"',
    exchange: {
      ...read,
      host: 'api.shop.test',
      scheme: 'https',
      ...some({ 'x-api-key': 'k-1' }),
      responseHeaders: { 'cache-control': 'no-store' },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'addresses that proxies add, in the place of the client',
    format: '%{X-Forwarded-For}i %l %u %t "%r" %>s %b',
    line: '192.0.2.1, 198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    exchange: { ...read, responseBytes: 512 },
  },
  {
    name: 'TLS of mod_ssl',
    format: '%a %t "%r" %>s %{SSL_PROTOCOL}x %{SSL_CIPHER}x %{SSL_CLIENT_VERIFY}x',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 TLSv1.3 TLS_AES_128_GCM_SHA256 SUCCESS',
    exchange: { ...read, scheme: 'https', credentialSeen: true },
  },
  {
    name: 'tabs between fields',
    format: 'LogFormat "%a\\t%t\\t%r\\t%>s" tabs',
    line: '198.51.100.4\t[05/Jan/2026:10:00:00 +0000]\tGET /users/7 HTTP/1.1\t200',
    exchange: read,
  },
  {
    name: 'escaped quotes and backslashes in the target',
    format: '%a %t "%r" %>s',
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /a\\"b\\\\c\\xC3\\xA9 HTTP/1.1" 200',
    exchange: { ...read, target: '/a"b\\c%C3%A9' },
  },
  {
    name: 'a virtual host with the name that was asked for',
    format: '%V %v %a %t "%r" %>s',
    line: 'api.shop.test www.shop.test 198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200',
    exchange: { ...read, host: 'api.shop.test' },
  },
];

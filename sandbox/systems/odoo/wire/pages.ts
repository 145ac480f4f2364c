import type { SandboxResponse } from '../../shared/serve.ts'

/** Answers for people: where a client gets HTML instead of JSON. */
const pages = {
  'no database': {
    status: 404,
    body: `<!DOCTYPE html>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>

<!-- Alternatively, use the X-Odoo-Database header. -->
`,
  },
  'not json': {
    status: 415,
    body: `<!doctype html>
<html lang=en>
<title>415 Unsupported Media Type</title>
<h1>Unsupported Media Type</h1>
<p>Request inferred type is compatible with [&#39;http&#39;] but &#39;/json/2/&lt;__model__&gt;/&lt;__method__&gt;&#39; is type=&#39;json2&#39;.<br><br>Please verify the Content-Type request header and try again.</p>
`,
  },
  'not found': {
    status: 404,
    body: `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`,
  },
  login: {
    status: 200,
    body: '<!DOCTYPE html>\n<html lang="en-US">\n<title>Odoo</title>\n<form action="/web/login"></form>\n',
  },
} as const

export type Page = keyof typeof pages

export const html = (page: Page): SandboxResponse => ({
  status: pages[page].status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: pages[page].body,
})

import { readShopFile } from '../demo-shop/shop-file.ts'
import { escaped } from './escaped.ts'
import type { FrontDoorOptions, Shop } from './front-door.ts'
import { listSamples } from './samples.ts'
import { refreshing, shopSection, shopStyle } from './shop-page.ts'

/** The page at `/`: the demo shop; below it what runs here, where it is, and what to try next. `apiUrl` is the address it was asked at. */
export async function startPage(options: FrontDoorOptions, apiUrl: string): Promise<string> {
  const samples = await listSamples(options.samplesFolder)
  const shop = options.shopFile === undefined ? undefined : await readShopFile(options.shopFile)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${options.shopFile === undefined || (shop && !shop.awaitsPictures) ? '' : refreshing}
<title>Printcloud on this machine</title>
<link rel="icon" href="${icon}">
<style>${style}${shopStyle}</style>
<script async src="/v1/button.js"></script>
<div class="shop">${shopSection(shop)}</div>
<main id="platform">
<h2 class="first">Printcloud runs on this machine</h2>
<p>The whole platform, with a stand-in for the cloud. It listens on 127.0.0.1 only; it goes out to fetch the
files that orders name by address, and to send webhooks. Nothing is printed: simulated shops take every job, ship and deliver it.</p>
<h2>Try it</h2>
<p>Buy something above: choose, pay with play money, watch the order page, read the mail. Or order over the API, in a second
terminal in the same folder:</p>
<pre>npm run demo</pre>
<p>It orders a book, a magazine, a photo book, a canvas and a poster, and waits until they are shipped.
<code>npm run demo -- yours.pdf</code> does the same with a file of yours.</p>
<h2>Addresses</h2>
<dl>
<div><dt>API</dt><dd><code>${escaped(apiUrl)}</code>, every call under <code>/v1</code></dd></div>
<div><dt><a href="/docs">API documentation</a></dt><dd>every call, with examples</dd></div>
<div><dt><a href="/openapi.json">openapi.json</a></dt><dd>the same for programs</dd></div>
<div><dt><a href="/public/v1/catalogue.json">Published documents</a></dt><dd>what pages of visitors read; they are files and need no API</dd></div>
<div><dt><a href="/status">Status</a></dt><dd>what works at the moment, <a href="/status.json">for programs too</a></dd></div>
<div><dt><a href="${escaped(options.paymentsUrl)}">Payments</a></dt><dd>the stand-in that takes play money, and what it has taken</dd></div>
<div><dt><a href="${escaped(options.mailUrl)}">Mailbox</a></dt><dd>the mails that customers of the shop get</dd></div>
</dl>
<p>Calls need a key: <code>Authorization: Bearer</code> and the <code>secretKey</code> from
<code>.printcloud/local.json</code>. The command line takes both by itself:</p>
<pre>npx printcloud login --local</pre>
<h2>Facilities</h2>
<p>Each job arrives as a folder in the hot folder of the nearest shop that can make it. A shop's name leads to the page of its print
client: its queue, its packing table, how it is.</p>
<table>
<thead><tr><th scope="col">Shop</th><th scope="col">Place</th><th scope="col">Hot folder</th></tr></thead>
<tbody>${options.shops.map(row).join('')}</tbody>
</table>
<h2>Sample files</h2>
${samples.length === 0 ? '<p>None yet: <code>npm run demo</code> makes them.</p>' : `<ul>${samples.map(link).join('')}</ul>`}
</main>
</html>
`
}

function row({ name, city, country, hotFolder, pageUrl }: Shop): string {
  const shop = pageUrl === undefined ? escaped(name) : `<a href="${escaped(pageUrl)}">${escaped(name)}</a>`
  return `<tr><td>${shop}</td><td>${escaped(`${city}, ${country}`)}</td><td>${pathText(hotFolder)}</td></tr>`
}

/** From the data folder on, as the terminal shows it; broken after a slash only. */
function pathText(path: string): string {
  const near = path.replace(/^.*[\\/](?=\.printcloud[\\/])/, '')
  const parts = near.split('/').map((part) => `<span>${escaped(part)}</span>`)
  return `<code title="${escaped(path)}">${parts.join('/<wbr>')}</code>`
}

function link(name: string): string {
  return `<li><a href="/samples/${encodeURIComponent(name)}">${escaped(name)}</a></li>`
}

/** A sheet with crop marks, within the page: a browser asks for no other file. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M4 0v3M12 0v3M4 13v3M12 13v3M0 4h3M0 12h3M13 4h3M13 12h3" stroke="#5f5c56"/><path d="M4 4h8v8H4z" fill="#1f3f8f"/></svg>',
)}`

/** LOOK.md: ink on paper, one accent, both colour schemes, crop marks as the only ornament. */
const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1c1b19;--gray:#5f5c56;--line:#d9d6cf;--mat:#efece5;--accent:#1f3f8f}
@media(prefers-color-scheme:dark){:root{--paper:#171614;--ink:#ece9e3;--gray:#a5a19a;--line:#3a3834;--mat:#24221f;--accent:#9db7ff}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:44rem;margin:48px auto;padding:32px 24px;
background:linear-gradient(var(--line),var(--line)) 0 12px/8px 1px,linear-gradient(var(--line),var(--line)) 12px 0/1px 8px,
linear-gradient(var(--line),var(--line)) 100% 12px/8px 1px,linear-gradient(var(--line),var(--line)) calc(100% - 12px) 0/1px 8px;
background-repeat:no-repeat}
h1{font-size:31px;line-height:1.2;margin:0 0 16px}main .first{font-size:25px;margin-top:0}h2{font-size:20px;line-height:1.2;margin:32px 0 8px}
p{max-width:65ch;margin:8px 0}a{color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font:14px/1.5 ui-monospace,monospace;overflow-wrap:break-word}td span{white-space:nowrap}pre{border:1px solid var(--line);border-radius:6px;padding:8px 12px}
dl div{display:flex;flex-wrap:wrap;gap:0 16px}dt{min-width:12rem}dd{margin:0;color:var(--gray)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}
@media(max-width:30rem){table,tbody,tr,td{display:block}thead{display:none}td{border:0;padding:0}tr{padding:8px 0;border-bottom:1px solid var(--line)}}
th{font-size:14px;font-weight:400;color:var(--gray)}ul{columns:16rem;padding-left:20px}`

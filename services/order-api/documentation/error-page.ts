import { hash } from 'node:crypto'
import { codeHeadings, htmlOfMarkdown } from './markdown-html.ts'

/** A page, and what its browser may load for it: its own style and nothing else. */
export type ErrorPage = { readonly html: string; readonly contentSecurityPolicy: string }

/** docs/errors.md for people: every code has an id, as the `type` of each problem leads to it. */
export function errorPage(markdown: string): ErrorPage {
  const codes = codeHeadings(markdown).map((code) => `<li><a href="#${code}"><code>${code}</code></a></li>`)
  const [head = '', ...sections] = htmlOfMarkdown(markdown).split(/(?=<h2 )/)
  const nav = `<nav aria-label="Codes of the API"><ul>\n${codes.join('\n')}\n</ul></nav>\n`
  return {
    html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Errors and findings · Printcloud</title>
<style>${style}</style>
<main>
${head}${nav}${sections.join('')}
</main>
</html>
`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  }
}

/** Ink on paper, one accent, both colour schemes, crop marks as the only ornament: as the start page of a local platform. */
const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1c1b19;--gray:#5f5c56;--line:#d9d6cf;--accent:#1f3f8f;--found:#eef1f9}
@media(prefers-color-scheme:dark){:root{--paper:#171614;--ink:#ece9e3;--gray:#a5a19a;--line:#3a3834;--accent:#9db7ff;--found:#20242f}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:48rem;margin:48px auto;padding:32px 24px;
background:linear-gradient(var(--line),var(--line)) 0 12px/8px 1px,linear-gradient(var(--line),var(--line)) 12px 0/1px 8px,
linear-gradient(var(--line),var(--line)) 100% 12px/8px 1px,linear-gradient(var(--line),var(--line)) calc(100% - 12px) 0/1px 8px;
background-repeat:no-repeat}
h1,h2,h3{line-height:1.2;scroll-margin-top:24px}
h1{font-size:31px;margin:0 0 16px}h2{font-size:25px;margin:48px 0 8px}h3{font-size:20px;margin:32px 0 8px}
p{max-width:68ch;margin:8px 0}a{color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}h3 code{font-size:17px}h3 a{color:inherit;text-decoration:none}
h3 a:hover{text-decoration:underline}nav ul{columns:14rem;padding:0;margin:24px 0;list-style:none}
h3:target,h3:target+p{background:var(--found);box-shadow:-12px 0 var(--found),-15px 0 var(--accent)}
h3:target{margin-bottom:0;padding:8px 0 4px}h3:target+p{margin-top:0;max-width:none;padding:0 0 8px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}
th{font-size:14px;font-weight:400;color:var(--gray)}tr{scroll-margin-top:24px}
tr:target{background:var(--found);box-shadow:-12px 0 var(--found),-15px 0 var(--accent)}td:first-child{min-width:15rem}
@media(max-width:40rem){main{margin:0 auto}thead{display:none}tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
td,td:first-child{display:block;min-width:0;padding:0 0 4px;border:0}}`

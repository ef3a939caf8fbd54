import { type Html, html } from './html.ts'

/** The frame of every page: no script, no picture (and no wish for an icon), one style sheet from here. */
export function page(title: string, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/mailbox.css">
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`.source
}

/** A time in this machine's zone, which is the reader's too; the exact UTC shows on hover. */
export function time(iso: string): Html {
  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso))
  return html`<time datetime="${iso}" title="${iso}">${local}</time>`
}

/** Pages may load their style sheet and frame a message's own page; nothing else, from anywhere. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A message's HTML comes from strangers: styles and inlined pictures show, nothing runs, nothing is fetched. */
export const messagePolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

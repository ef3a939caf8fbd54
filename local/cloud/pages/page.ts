import { type Html, html } from './html.ts'

type Frame = { readonly title: string; readonly styleSheet: string; readonly isWide?: boolean }

/** The frame of every page of a stand-in: no script, no picture (and no wish for an icon), one style sheet from where it came. */
export function page({ title, styleSheet, isWide = false }: Frame, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styleSheet}">
</head>
<body>
<main${isWide ? html` class="wide"` : ''}>
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

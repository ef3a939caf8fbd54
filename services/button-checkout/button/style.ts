/**
 * Sizes are fixed before anything is known, so that what comes from the CDN moves nothing: the price has a line of its own in a column that is
 * wide enough, and the picture its box. The browser's own focus ring stays: it has two colours, and is
 * seen on any page. `--c`, `--i` and `--r` are colour, ink and radius: print-button.ts.
 */
const css = `button{display:inline-flex;align-items:center;gap:1em;min-height:3.2em;padding:0 1em;border:1px solid var(--c);
border-radius:var(--r);background:var(--c);color:var(--i);font:500 15px/1.2 system-ui;cursor:pointer}
span{display:block;flex:1;min-width:8em}
span+span{font-size:.8em}
img{width:3em;height:4em;object-fit:cover}
[hidden]~* :nth-child(3){position:fixed;clip-path:circle(0)}
[hidden]{display:none}
.small{font-size:12px}
.large{font-size:18px}
.outline,.text{background:0;color:inherit}
.text{border:0;text-decoration:underline}
:disabled{opacity:.6}`

let sheet: CSSStyleSheet | undefined

/** One sheet for all buttons; a page that forbids inline styles allows it. Browsers without such sheets get an element. */
export function dress(root: ShadowRoot): void {
  if (root.adoptedStyleSheets) {
    sheet ||= new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } else root.appendChild(document.createElement('style')).textContent = css
}

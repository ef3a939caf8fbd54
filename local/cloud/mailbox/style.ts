/** Ink on paper, by LOOK.md: system type on its scale, one hairline, one accent, dark by the reader's preference. */
export const style = `
:root { --paper: #fbfaf7; --ink: #1c1b19; --gray: #5f5c56; --hairline: #d9d5cc; --accent: #1f4a8a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #ece9e2; --gray: #a8a49b; --hairline: #3a3833; --accent: #9dbdf0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 32px 20px; }
h1 { font-size: 25px; line-height: 1.2; margin: 0 0 20px; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 1.2; margin: 28px 0 12px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 14px; font-weight: 600; color: var(--gray); }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--hairline); vertical-align: top; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 20px; }
dt { color: var(--gray); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; padding: 16px; border: 1px solid var(--hairline); border-radius: 6px; }
/* Mail is written for white; it keeps that in the dark scheme too. */
iframe { width: 100%; height: 50vh; border: 1px solid var(--hairline); border-radius: 6px; background: #fff; color-scheme: light; }
p.quiet { color: var(--gray); }
@media (max-width: 40rem) { thead { display: none; } tr { display: block; border-bottom: 1px solid var(--hairline); padding: 8px 0; } td { display: block; border: 0; padding: 0; } }
`

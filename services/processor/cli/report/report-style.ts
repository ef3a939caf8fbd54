/** The look of LOOK.md for a page that stands alone. */
export const reportStyle = `
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1c1b19;--gray:#66625b;--line:#dedad2;--card:#fff;
--fixed:#3f5f80;--warn:#8a5a00;--reject:#b3261e;--accent:#1f4e8c}
@media (prefers-color-scheme:dark){:root{--paper:#161514;--ink:#eceae5;--gray:#a8a49b;--line:#37352f;--card:#1f1e1c;
--fixed:#9fbbd9;--warn:#e0b04f;--reject:#f2938b;--accent:#8fb6ea}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:32px 16px 64px}
h1{font-size:31px;line-height:1.2;margin:0 0 8px}h2{font-size:20px;line-height:1.2;margin:40px 0 16px}
p{margin:0 0 8px;max-width:75ch}.gray{color:var(--gray);font-size:14px}
.verdict{display:inline-flex;gap:8px;align-items:center;font-weight:600;border:1px solid;border-radius:6px;padding:4px 12px;margin:8px 0}
.pages{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:24px;align-items:start}
.page{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:16px;min-width:0}
.page h3{font-size:14px;margin:0 0 12px;font-weight:600}
.wide{grid-column:1/-1}
.sheet{position:relative;background:#fff;outline:1px solid var(--line)}
.sheet img,.sheet svg{display:block;width:100%;height:auto}.sheet svg{position:absolute;inset:0}
.list{list-style:none;margin:16px 0 0;padding:0;display:grid;gap:16px}
.list li{border-left:3px solid;padding-left:12px;overflow-wrap:anywhere}
.list p{color:var(--ink);font-size:14px;margin:4px 0 0}.list .gray{color:var(--gray)}
.code{font-weight:600;font-size:14px}
.fixed{color:var(--fixed)}.warn{color:var(--warn)}.reject{color:var(--reject)}.fine{color:var(--accent)}
.key{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:14px;color:var(--gray);margin:0 0 16px;padding:0;list-style:none}
.key i{display:inline-block;width:20px;border-top:2px solid;margin-right:8px;vertical-align:middle}
.key .safe{border-top-style:dashed;border-color:#5f6b7a}.key .trim{border-color:#1d4e89}
.key .off{border:0;height:12px;background:repeating-linear-gradient(135deg,#1d4e89 0 1px,transparent 1px 4px)}
@media (prefers-color-scheme:dark){.key .trim{border-color:#8fb6ea}.key .safe{border-color:#a8a49b}}
.mark{fill:#8a5a00;fill-opacity:.1;stroke:#8a5a00;stroke-width:2;vector-effect:non-scaling-stroke}
table{border-collapse:collapse;font-size:14px}td,th{text-align:left;padding:4px 0;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:right;white-space:nowrap;padding-left:24px}
.scroll{overflow-x:auto}
`

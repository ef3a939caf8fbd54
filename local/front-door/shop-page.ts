import type { ShopFile, Thing } from '../demo-shop/shop-file.ts'
import { escaped } from './escaped.ts'

/** The demo shop: a small publisher who sells what he has made, each thing with its print button. */
export function shopSection(shop: ShopFile | undefined): string {
  return `<header><p class="name">Slow Water Press</p><h1>Things worth printing</h1>
<p>A publisher that does not exist, with three things that you can have on paper. Each button is the real one; whoever pays here pays
with play money, and a simulated shop prints it.</p></header>
${shop ? `<section class="things">${shop.things.map(thing).join('')}</section>` : beingPrepared}`
}

const beingPrepared = `<section class="prepared"><p role="status">The shop is being prepared: pictures are made, uploaded and published.
This takes half a minute on the first start, and the page shows it by itself.</p></section>`

/** Until all that is sold is there, with its pictures. */
export const refreshing = '<meta http-equiv="refresh" content="2">'

function thing({ publication, title, kind, words, button, picture }: Thing): string {
  const image = picture
    ? `<img src="${escaped(picture.path)}" width="${picture.widthPx}" height="${picture.heightPx}" alt="">`
    : ''
  const link = `<a href="/checkout?publication=${escaped(publication)}">${escaped(button)}</a>`
  return `<article><div class="frame">${image}</div><p class="kind">${escaped(kind)}</p><h2>${escaped(title)}</h2>
<p class="words">${escaped(words)}</p><print-button publication="${escaped(publication)}">${link}</print-button></article>`
}

export const shopStyle = `
.shop{max-width:64rem;margin:0 auto;padding:48px 24px 0}
.name{font:italic 16px/1.5 Georgia,serif;color:var(--gray);margin:0 0 24px}
.shop h1{font:400 39px/1.2 Georgia,serif;margin:0 0 12px}
.things{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));gap:32px;margin:40px 0 64px}
article{display:flex;flex-direction:column;align-items:flex-start}
.frame{width:100%;height:320px;display:grid;place-items:center;box-sizing:border-box;padding:24px;background:var(--mat);border-radius:6px}
.frame img{display:block;max-width:100%;max-height:272px;width:auto;height:auto;box-shadow:0 1px 2px rgb(0 0 0/.3),0 12px 32px rgb(0 0 0/.25)}
.kind{font-size:14px;color:var(--gray);margin:16px 0 0}
.shop h2{font:400 25px/1.2 Georgia,serif;margin:4px 0 8px}
.words{margin:0 0 16px;flex:1}
print-button:not(:defined){display:inline-block;min-height:48px}
.prepared{border:1px dashed var(--line);border-radius:6px;padding:32px;margin:40px 0 64px;color:var(--gray)}`

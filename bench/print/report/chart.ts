import type { PeerResult, RowResult } from '../run-row.ts'

/** Left of the bars stand the names; the scale is logarithmic from a half to five hundred times. */
const width = 840
const namesWidth = 290
const barsWidth = width - namesWidth - 130
const lineHeight = 26
const scale = { least: 0.5, most: 500 } as const
const ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500] as const

/** Bars of peer / ours on a logarithmic scale, with a mark where the asked ratio stands; follows the reader's colour scheme. */
export function chartOf(results: readonly RowResult[]): string {
  const lines: string[] = []
  let y = 64
  for (const row of results) {
    const measured = row.peers.filter((peer) => peer.wall !== undefined)
    if (measured.length === 0) continue
    lines.push(`<text x="16" y="${y}" class="title">${escaped(row.title)}</text>`)
    y += lineHeight
    for (const peer of measured) {
      lines.push(barOf(peer, y))
      y += lineHeight
    }
    y += 12
  }
  const axis = ticks.map(
    (tick) =>
      `<line x1="${xOf(tick)}" x2="${xOf(tick)}" y1="44" y2="${y - 20}" class="${tick === 1 ? 'one' : 'grid'}"/>` +
      `<text x="${xOf(tick)}" y="${y}" class="tick">${tick}×</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 40}" role="img" aria-labelledby="t">`,
    '<title id="t">How many times longer other tools take than Printcloud</title>',
    `<style>${style}</style>`,
    `<rect width="${width}" height="${y + 40}" class="paper"/>`,
    '<text x="16" y="26" class="head">Times as long as Printcloud takes, wall clock</text>',
    ...axis,
    ...lines,
    `<text x="16" y="${y + 26}" class="tick left">Bar: median of paired runs. Thin line: asked. Right of 1×, Printcloud is faster.</text>`,
    '</svg>\n',
  ].join('\n')
}

function barOf({ name, wall, asked }: PeerResult, y: number): string {
  const ratio = wall?.median ?? 1
  const [from, to] = [Math.min(xOf(1), xOf(ratio)), Math.max(xOf(1), xOf(ratio))]
  const isReached = ratio >= (asked.wall ?? 0)
  const mark =
    asked.wall === undefined
      ? ''
      : `<line x1="${xOf(asked.wall)}" x2="${xOf(asked.wall)}" y1="${y - 15}" y2="${y + 5}" class="asked"/>`
  const words = `${ratioText(ratio)}${isReached ? '' : ` of ${ratioText(asked.wall ?? 0)} asked`}`
  const wordsFrom = isReached ? to : Math.max(to, xOf(asked.wall ?? 0))
  return (
    `<text x="${namesWidth - 10}" y="${y}" class="name">${escaped(name)}</text>` +
    `<rect x="${from}" y="${y - 12}" width="${Math.max(2, to - from)}" height="14" rx="2" class="${isReached ? 'bar' : 'bar short'}"/>` +
    `${mark}<text x="${wordsFrom + 8}" y="${y}" class="value">${words}</text>`
  )
}

const ratioText = (ratio: number): string =>
  `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2).replace(/\.?0+$/, '')}×`

function xOf(ratio: number): number {
  const held = Math.min(scale.most, Math.max(scale.least, ratio))
  const share = Math.log(held / scale.least) / Math.log(scale.most / scale.least)
  return Math.round((namesWidth + share * barsWidth) * 10) / 10
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const style = `text{font:14px system-ui,sans-serif;fill:#1c1b19;font-variant-numeric:tabular-nums}
.paper{fill:#fcfbf8}.head,.title,.value{paint-order:stroke;stroke:#fcfbf8;stroke-width:5px}.head{font-size:16px;font-weight:600}.title{font-weight:600}.name{text-anchor:end}
.tick{font-size:12px;text-anchor:middle;fill:#66625b}.left{text-anchor:start}.grid{stroke:#dedad2}.one{stroke:#66625b}
.bar{fill:#1f4e8c}.short{fill:#8a5a00}.asked{stroke:#1c1b19;stroke-width:2}.value{font-size:12px}
@media (prefers-color-scheme:dark){text{fill:#eceae5}.head,.title,.value{stroke:#1a1917}.paper{fill:#1a1917}.tick{fill:#a8a49b}.grid{stroke:#37352f}.one{stroke:#a8a49b}
.bar{fill:#7ba7dd}.short{fill:#d9a441}.asked{stroke:#eceae5}}`

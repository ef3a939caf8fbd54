/**
 * HTML of as much Markdown as docs/errors.md is written in: headings, paragraphs, tables, `code` and **bold**. Each heading and each
 * row that begins with a code has an id, so that an address can lead to it. All else is text, whatever stands in it.
 */
export const htmlOfMarkdown = (markdown: string): string =>
  markdown
    .trim()
    .split(/\n{2,}/)
    .map(blockOf)
    .join('\n')

/** The headings that are nothing but a code, in their order. */
export const codeHeadings = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^### ([a-z_]+)$/gm)].flatMap(([, code]) => code ?? [])

export const escapedHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function blockOf(block: string): string {
  const [, marks, words] = /^(#{1,3}) (.+)$/.exec(block) ?? []
  if (marks !== undefined && words !== undefined) return headingOf(marks.length, words)
  return block.startsWith('|') ? tableOf(block.split('\n')) : `<p>${inline(block)}</p>`
}

const isCode = (words: string): boolean => /^[a-z_]+$/.test(words)

function headingOf(level: number, words: string): string {
  const id = isCode(words) ? words : words.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const shown = isCode(words) ? `<a href="#${id}"><code>${id}</code></a>` : inline(words)
  return `<h${level} id="${id}">${shown}</h${level}>`
}

/** A head, a line of dashes, and rows. */
function tableOf([head = '', , ...rows]: readonly string[]): string {
  const columns = cellsOf(head).map((cell) => `<th scope="col">${inline(cell)}</th>`)
  return `<table>\n<thead><tr>${columns.join('')}</tr></thead>\n<tbody>\n${rows.map(rowOf).join('\n')}\n</tbody>\n</table>`
}

function rowOf(row: string): string {
  const cells = cellsOf(row)
  const [, code] = /^`([A-Z0-9_]+)`$/.exec(cells[0] ?? '') ?? []
  const id = code === undefined ? '' : ` id="${code}"`
  return `<tr${id}>${cells.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`
}

const cellsOf = (row: string): readonly string[] =>
  row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())

const inline = (text: string): string =>
  escapedHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')

/** Text that is HTML already, so that it is not escaped again. Only `html` makes it. */
export class Html {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

type Insertion = string | number | Html | readonly Html[]

/** Writes HTML; everything inserted is escaped, unless it is itself from here. */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  return new Html(strings.reduce((written, string, i) => written + sourceOf(insertions[i - 1] ?? '') + string))
}

function sourceOf(insertion: Insertion): string {
  if (insertion instanceof Html) return insertion.source
  if (typeof insertion === 'object') return insertion.map(({ source }) => source).join('')
  return String(insertion).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
}

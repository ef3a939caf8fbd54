import type { PdfFile } from '../../pdf/pdf-file.ts'
import type { PdfDict, PdfValue } from '../../pdf/values.ts'

/** The named resources of a run of content. */
export type Scope = {
  /** An entry as it stands: a reference stays one, so that what it names can be known again. */
  readonly entry: (kind: string, name: string) => PdfValue | undefined
  readonly names: (kind: string) => readonly string[]
  readonly hasDefaultRgb: boolean
}

export function scopeOf(file: PdfFile, resources: PdfDict | undefined): Scope {
  const kinds = new Map<string, PdfDict | undefined>()
  const kindOf = (kind: string): PdfDict | undefined => {
    if (!kinds.has(kind)) kinds.set(kind, file.dict(resources?.get(kind)))
    return kinds.get(kind)
  }
  return {
    entry: (kind, name) => kindOf(kind)?.get(name),
    names: (kind) => [...(kindOf(kind)?.keys() ?? [])],
    hasDefaultRgb: file.resolve(kindOf('ColorSpace')?.get('DefaultRGB')) != null,
  }
}

import type { PdfFile } from '../pdf/pdf-file.ts'
import { type PdfArray, type PdfDict, PdfRef, type PdfValue } from '../pdf/values.ts'

/** Layers of a document as a press would meet them. */
export type Layers = {
  /** Does content of this group or membership stay off the paper, or may it? */
  readonly isHidden: (value: PdfValue | undefined) => boolean
  /** No layer is off, none is switched by printing or zoom. */
  readonly areAllShown: boolean
}

/** Reads the default configuration (ISO 32000-1, 8.11.4). */
export function layersOf(file: PdfFile): Layers {
  const properties = file.dict(file.catalog.get('OCProperties'))
  if (!properties) return { isHidden: () => false, areAllShown: true }
  const usual = file.dict(properties.get('D'))
  const isOffByDefault = file.name(usual?.get('BaseState')) === 'OFF'
  const on = numbersOf(file.array(usual?.get('ON')))
  const off = numbersOf(isOffByDefault ? file.array(properties.get('OCGs')) : file.array(usual?.get('OFF')))
  if (isOffByDefault) for (const number of on) off.delete(number)
  for (const number of unprinted(file, file.array(properties.get('OCGs')) ?? [])) off.add(number)
  return {
    isHidden: (value) => off.size > 0 && groupsOf(file, value).some((number) => off.has(number)),
    areAllShown: off.size === 0 && (file.array(usual?.get('AS'))?.length ?? 0) === 0,
  }
}

const numbersOf = (list: PdfArray | undefined): Set<number> =>
  new Set((list ?? []).flatMap((entry) => (entry instanceof PdfRef ? [entry.number] : [])))

/** Layers for the screen only: watermarks that say "draft", guides. */
function unprinted(file: PdfFile, groups: PdfArray): number[] {
  return groups.flatMap((entry) => {
    const usage = file.dict(file.dict(entry)?.get('Usage'))
    const state = file.name(file.dict(usage?.get('Print'))?.get('PrintState'))
    return entry instanceof PdfRef && state === 'OFF' ? [entry.number] : []
  })
}

/** The groups that a group or a membership is made of; a membership of any hidden one counts as hidden. */
function groupsOf(file: PdfFile, value: PdfValue | undefined): number[] {
  const dict: PdfDict | undefined = file.dict(value)
  if (file.name(dict?.get('Type')) !== 'OCMD') return value instanceof PdfRef ? [value.number] : []
  const groups = dict?.get('OCGs')
  return groups instanceof PdfRef && !file.array(groups) ? [groups.number] : [...numbersOf(file.array(groups))]
}

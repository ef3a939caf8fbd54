import type { PdfFile } from '../pdf/pdf-file.ts'
import { PdfRef, type PdfValue } from '../pdf/values.ts'
import type { Carrier } from './carrier.ts'

type Layer = { readonly reference: string; readonly isOff: boolean }

/**
 * The catalog's entry that keeps hidden layers hidden on paper; empty when the print file has no layers. What a layer says
 * of printing counts more than its eye in the viewer (ISO 32000-1, 8.11.4.4).
 */
export function layersEntry(carriers: readonly Carrier[]): string {
  const layers = carriers.flatMap(layersOf)
  if (layers.length === 0) return ''
  const list = (chosen: readonly Layer[]): string => chosen.map(({ reference }) => reference).join(' ')
  const off = layers.filter(({ isOff }) => isOff)
  return `/OCProperties << /OCGs [${list(layers)}] /D << /Name (Print) /Order [] /OFF [${list(off)}] >> >>`
}

function layersOf({ file, referenceTo }: Carrier): Layer[] {
  const properties = file.dict(file.catalog.get('OCProperties'))
  const setting = file.dict(properties?.get('D'))
  const isOffByDefault = file.name(setting?.get('BaseState')) === 'OFF'
  const on = numbersOf(file, setting?.get('ON'))
  const off = numbersOf(file, setting?.get('OFF'))
  return referencesOf(file, properties?.get('OCGs')).flatMap((ref) => {
    const reference = referenceTo(ref)
    if (reference === undefined) return []
    const isHidden = off.has(ref.number) || (isOffByDefault && !on.has(ref.number))
    const printState = printStateOf(file, ref)
    return [{ reference, isOff: printState === undefined ? isHidden : printState === 'OFF' }]
  })
}

function printStateOf(file: PdfFile, layer: PdfRef): string | undefined {
  const usage = file.dict(file.dict(layer)?.get('Usage'))
  return file.name(file.dict(usage?.get('Print'))?.get('PrintState'))
}

const referencesOf = (file: PdfFile, value: PdfValue | undefined): PdfRef[] =>
  (file.array(value) ?? []).filter((entry) => entry instanceof PdfRef)

const numbersOf = (file: PdfFile, value: PdfValue | undefined): ReadonlySet<number> =>
  new Set(referencesOf(file, value).map((ref) => ref.number))

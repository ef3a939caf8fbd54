import { type Json, qpdfObjects } from './make.ts'

type Dict = { readonly [key: string]: Json }
const asDict = (value: Json | undefined): Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}

/**
 * What is wrong with a print file's PDF/X-4 structure (PRINT-FILES §5), by qpdf's reading of it: another parser than the
 * one that made it. Empty when all is well.
 */
export function structureFaults(path: string): string[] {
  const objects = qpdfObjects(path)
  const trailer = asDict(asDict(objects.get('trailer')).value)
  const look = (value: Json | undefined): Json | undefined => {
    if (typeof value !== 'string' || !/^\d+ \d+ R$/.test(value)) return value
    const object = asDict(objects.get(`obj:${value}`))
    return object.stream === undefined ? object.value : asDict(object.stream).dict
  }
  const dict = (value: Json | undefined): Dict => asDict(look(value))
  const list = (value: Json | undefined): readonly Json[] => {
    const found = look(value)
    return Array.isArray(found) ? found : []
  }
  const catalog = dict(trailer['/Root'])
  const info = dict(trailer['/Info'])
  const faults: string[] = []
  const expect = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault)
  }
  expect(list(trailer['/ID']).length === 2, 'no /ID')
  expect(trailer['/Encrypt'] === undefined, 'encrypted')
  expect(dict(catalog['/Metadata'])['/Filter'] === undefined, 'metadata are packed')
  expect(dict(catalog['/Metadata'])['/Subtype'] === '/XML', 'no metadata')
  expect(info['/GTS_PDFXVersion'] === 'u:PDF/X-4', 'no version in Info')
  expect(info['/Trapped'] === '/False', 'Trapped is not told')
  const intents = list(catalog['/OutputIntents'])
  const intent = dict(intents[0])
  expect(intents.length === 1 && intent['/S'] === '/GTS_PDFX', 'not one output intent')
  expect(dict(intent['/DestOutputProfile'])['/N'] === 4, 'no profile of the inks')
  expect(typeof intent['/OutputConditionIdentifier'] === 'string', 'no condition')
  const allowed = ['/Type', '/Version', '/Pages', '/Metadata', '/OutputIntents', '/OCProperties']
  for (const key of Object.keys(catalog)) expect(allowed.includes(key), `catalog has ${key}`)
  for (const page of pagesUnder(catalog['/Pages'])) faults.push(...pageFaults(page))
  return faults

  function pagesUnder(node: Json | undefined): Dict[] {
    const found = dict(node)
    return found['/Type'] === '/Pages' ? list(found['/Kids']).flatMap(pagesUnder) : [found]
  }
  function pageFaults(page: Dict): string[] {
    const wrong: string[] = []
    const pageKeys = ['/Type', '/Parent', '/MediaBox', '/BleedBox', '/TrimBox', '/Resources', '/Contents', '/Group']
    for (const key of Object.keys(page)) if (!pageKeys.includes(key)) wrong.push(`page has ${key}`)
    const [media, bleed, trim] = ['/MediaBox', '/BleedBox', '/TrimBox'].map((key) => list(page[key]).map(Number))
    if (!(holds(media, bleed) && holds(bleed, trim))) wrong.push('boxes do not nest')
    wrong.push(...resourceFaults(page['/Resources'], new Set()))
    return wrong
  }
  /** Where a source's content is painted, untagged RGB must have a meaning; every font must be embedded. */
  function resourceFaults(value: Json | undefined, seen: Set<Json>): string[] {
    if (typeof value === 'string' && seen.has(value)) return []
    seen.add(value ?? null)
    const resources = dict(value)
    const fonts = Object.values(dict(resources['/Font'])).map(dict)
    return [
      ...fonts.filter((font) => !isEmbedded(font)).map((font) => `font ${String(font['/BaseFont'])}`),
      ...Object.values(dict(resources['/XObject'])).flatMap((entry) => objectFaults(dict(entry), resources, seen)),
    ]
  }
  function objectFaults(object: Dict, resources: Dict, seen: Set<Json>): string[] {
    if (object['/Subtype'] === '/Image')
      return object['/ColorSpace'] === '/DeviceRGB' && !hasDefault(resources) ? ['an untagged RGB picture'] : []
    const own = dict(object['/Resources'])
    const isContent = own['/Font'] !== undefined && !hasDefault(own)
    return [...(isContent ? ['a form without DefaultRGB'] : []), ...resourceFaults(object['/Resources'], seen)]
  }
  function hasDefault(resources: Dict): boolean {
    return list(dict(resources['/ColorSpace'])['/DefaultRGB'])[0] === '/ICCBased'
  }
  function isEmbedded(font: Dict): boolean {
    if (font['/Subtype'] === '/Type3') return true
    const holder = font['/Subtype'] === '/Type0' ? dict(list(font['/DescendantFonts'])[0]) : font
    const descriptor = dict(holder['/FontDescriptor'])
    return ['/FontFile', '/FontFile2', '/FontFile3'].some((key) => descriptor[key] !== undefined)
  }
}

function holds(outer: readonly number[] | undefined, inner: readonly number[] | undefined): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = outer ?? []
  const [e = -1, f = -1, g = 1e9, h = 1e9] = inner ?? []
  const hair = 0.001
  return e >= a - hair && f >= b - hair && g <= c + hair && h <= d + hair
}

import type { PdfFile } from '../pdf/pdf-file.ts'
import { type PdfDict, PdfName, type PdfValue } from '../pdf/values.ts'
import type { Supplies } from './supplies.ts'

/** Resources under which untagged RGB means sRGB; the same dictionary where the author has said what it means. */
export function mendedResources(dict: PdfDict, file: PdfFile, supplies: Supplies): PdfDict {
  const spaces = file.dict(dict.get('ColorSpace'))
  if (spaces?.has('DefaultRGB')) return dict
  return new Map(dict).set('ColorSpace', new Map(spaces ?? []).set('DefaultRGB', supplies.srgb()))
}

/** A transparency group whose blending space is a device's RGB, given sRGB instead; undefined where there is nothing to do. */
export function mendedGroup(value: PdfValue | undefined, file: PdfFile, supplies: Supplies): PdfDict | undefined {
  const group = file.dict(value)
  const isDevice = file.name(group?.get('CS')) === 'DeviceRGB'
  return group && isDevice ? new Map(group).set('CS', supplies.srgb()) : undefined
}

/** Is there a sign of untagged RGB in a content stream, or in the names that its resources use? */
export function mayUseDeviceRgb(content: Buffer, resources: PdfDict, file: PdfFile): boolean {
  if (/(?:^|[\s\]>)])(?:rg|RG)(?:$|[\s[<(/])|\/(?:DeviceRGB|RGB)\b/.test(content.toString('latin1'))) return true
  return ['XObject', 'Shading', 'Pattern', 'ColorSpace'].some((key) => {
    const map = file.dict(resources.get(key))
    return map !== undefined && [...map.values()].some((value) => namesDeviceRgb(value, file))
  })
}

function namesDeviceRgb(value: PdfValue, file: PdfFile): boolean {
  const found = file.resolve(value)
  if (found instanceof PdfName) return found.text === 'DeviceRGB'
  const dict = file.stream(value)?.dict ?? file.dict(value)
  const space = file.resolve(dict ? (dict.get('ColorSpace') ?? dict.get('CS')) : value)
  if (space instanceof PdfName) return space.text === 'DeviceRGB'
  const parts = file.array(space)?.map((part) => file.resolve(part)) ?? []
  return parts.some((part) => part instanceof PdfName && part.text === 'DeviceRGB')
}

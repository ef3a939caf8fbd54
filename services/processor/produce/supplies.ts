import { deflateSync } from 'node:zlib'
import { sourceProfileOf } from '../colour/output-intents.ts'
import { type StandardFont, standardProgram } from '../fonts/standard-fonts.ts'
import type { PdfWriter } from '../pdf/pdf-writer.ts'
import type { PdfArray, PdfRef } from '../pdf/values.ts'
import { name, ownRef, referTo } from './own-object.ts'

/** What we add to a print file from our own store, each thing once a file, when it is first needed. */
export type Supplies = {
  /** The colour space that untagged RGB means: `[/ICCBased …]` with sRGB. */
  readonly srgb: () => PdfArray
  /** A profile found in a picture, as a colour space. */
  readonly profileSpace: (profile: Buffer, components: number) => PdfArray
  readonly standardProgram: (font: StandardFont) => PdfRef
}

const alternates: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }

export function createSupplies(writer: PdfWriter): Supplies {
  const profiles = new Map<string, PdfArray>()
  const programs = new Map<string, PdfRef>()
  let srgb: PdfArray | undefined

  const profileSpace = (profile: Buffer, components: number): PdfArray => {
    const key = profile.toString('latin1')
    const known = profiles.get(key)
    if (known) return known
    const number = writer.reserve()
    const entries = `/N ${components} /Alternate ${alternates[components]} /Filter /FlateDecode`
    writer.putStream(number, entries, deflateSync(profile))
    const space = [name('ICCBased'), ownRef(number)]
    profiles.set(key, space)
    return space
  }
  return {
    profileSpace,
    srgb: () => {
      srgb ??= profileSpace(sourceProfileOf('srgb'), 3)
      return srgb
    },
    standardProgram: (font) => {
      const known = programs.get(font.file)
      if (known) return known
      const program = standardProgram(font)
      const number = writer.reserve()
      const kind = font.format === 'cff' ? '/Subtype /Type1C' : `/Length1 ${program.length}`
      writer.putStream(number, `${kind} /Filter /FlateDecode`, deflateSync(program))
      programs.set(font.file, ownRef(number))
      return ownRef(number)
    },
  }
}

/** Our own colour space as text. */
export const spaceText = (space: PdfArray): string => {
  const [, ref] = space
  return ref instanceof Object && 'number' in ref ? `[/ICCBased ${referTo(ref.number)}]` : '/DeviceRGB'
}

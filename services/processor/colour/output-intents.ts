import { readFileSync } from 'node:fs'

export type OutputIntentName = 'FOGRA39' | 'GRACoL2006'

/** What a PDF says of the printing it was made for. */
export type OutputIntent = {
  readonly name: OutputIntentName
  /** The condition's name in the registry. */
  readonly identifier: 'FOGRA39' | 'CGATS TR 006'
  readonly registry: string
  readonly info: string
  /** An ICC profile of class prtr, CMYK: inks to colours and back. */
  readonly profile: Buffer
  readonly components: 4
}

const conditions = {
  FOGRA39: {
    identifier: 'FOGRA39',
    info: 'Coated FOGRA39: offset on coated paper, ISO 12647-2:2004, 300 % ink',
    file: 'fogra39.icc',
  },
  GRACoL2006: {
    identifier: 'CGATS TR 006',
    info: 'GRACoL2006 Coated 1: offset on coated paper, CGATS TR 006, 300 % ink',
    file: 'gracol2006.icc',
  },
} as const

/** The output intent of this name; its profile is read from the file each time and is the caller's own. */
export function outputIntentOf(name: OutputIntentName): OutputIntent {
  const { identifier, info, file } = conditions[name]
  return { name, identifier, registry: 'http://www.color.org', info, profile: readData(file), components: 4 }
}

export type SourceKind = 'srgb' | 'display_p3' | 'gray'

const sourceFiles = { srgb: 'srgb.icc', display_p3: 'display-p3.icc', gray: 'gray.icc' } as const

/** The profile that says what the numbers of a picture mean; gray has the tone curve of sRGB. */
export function sourceProfileOf(kind: SourceKind): Buffer {
  return readData(sourceFiles[kind])
}

function readData(file: string): Buffer {
  return readFileSync(new URL(`data/${file}`, import.meta.url))
}

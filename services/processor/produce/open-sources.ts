import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFArray, PDFDict, PDFName, PDFRef } from '@cantoo/pdf-lib'
import { type ObjectNumber, type PdfWriter, referTo } from '../assemble/pdf-writer.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { Place } from '../plan/job-plan.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import { boxEntryOf, type PdfSource, readPdf } from '../source/pdf-source.ts'
import { type Carrier, createCarrier } from './carry.ts'
import { writeImage } from './image-object.ts'
import { writePageForm } from './pdf-form.ts'

/** An XObject in the file being written, and the size of the picture in the units that plans count in. */
export type Artwork = { readonly number: ObjectNumber; readonly unitWidth: number; readonly unitHeight: number }

/** Gives out each page or picture once per print file, however often it is drawn. */
export type ArtworkShelf = {
  readonly artworkOf: (place: Place) => Promise<Artwork>
  /** Layers that the sources switch off, as an entry for the catalog; empty when no page has layers. */
  readonly layersEntry: () => string
}

/** Sources read so far in this job: a PDF used by block and cover is parsed once. */
export type OpenedPdfs = Map<number, Promise<PdfSource>>

type OpenedPdf = {
  readonly source: PdfSource
  readonly carrier: Carrier
  readonly forms: Map<string, ObjectNumber>
}

export function createArtworkShelf(
  folder: string,
  sources: readonly SourceFile[],
  opened: OpenedPdfs,
  writer: PdfWriter,
): ArtworkShelf {
  const shelf = new Map<string, Promise<Artwork>>()
  const carriers = new Map<number, OpenedPdf>()

  const pdfOf = async (index: number, path: string) => {
    const known = carriers.get(index)
    if (known) return known
    const reading = opened.get(index) ?? readFile(path).then(readPdf)
    opened.set(index, reading)
    const source = await reading
    const entry = { source, carrier: createCarrier(source.context, writer), forms: new Map<string, ObjectNumber>() }
    carriers.set(index, entry)
    return entry
  }
  const make = async (place: Place): Promise<Artwork> => {
    const file = sources[place.source]
    if (!file) throw new Error(`The plan names source ${place.source}, which does not exist`)
    const path = join(folder, file.file)
    if (file.format !== 'pdf') return await pictureOf(path, place, writer)
    const { source, carrier, forms } = await pdfOf(place.source, path)
    const page = source.pages[place.page - 1]
    if (!page) throw new Error(`The plan names page ${place.page}, which does not exist`)
    const media: RawBox = boxEntryOf(source, page, 'MediaBox') ?? { x: 0, y: 0, width: 612, height: 792 }
    return { number: writePageForm(source, page, media, { writer, carrier, forms }), unitWidth: 1, unitHeight: 1 }
  }
  return {
    artworkOf: (place) => {
      const key = `${place.source}/${place.page}`
      const made = shelf.get(key) ?? make(place)
      shelf.set(key, made)
      return made
    },
    layersEntry: () => layersOf([...carriers.values()]),
  }
}

/** An image XObject fills the unit square; plans count its stored pixels. */
async function pictureOf(path: string, place: Place, writer: PdfWriter): Promise<Artwork> {
  const number = await writeImage(path, place, writer)
  return { number, unitWidth: place.pixels?.widthPx ?? 1, unitHeight: place.pixels?.heightPx ?? 1 }
}

/** Without this entry every layer would show, also those that the author hid. */
function layersOf(entries: readonly { readonly source: PdfSource; readonly carrier: Carrier }[]): string {
  const layers = entries.flatMap(({ source, carrier }) => carriedLayers(source, carrier))
  if (layers.length === 0) return ''
  const list = (chosen: typeof layers): string => chosen.map(({ number }) => referTo(number)).join(' ')
  const off = layers.filter(({ isOff }) => isOff)
  return `/OCProperties << /OCGs [${list(layers)}] /D << /Order [] /OFF [${list(off)}] >> >>`
}

function carriedLayers({ context }: PdfSource, carrier: Carrier) {
  const root = context.lookup(context.trailerInfo.Root)
  const properties = root instanceof PDFDict ? root.lookup(PDFName.of('OCProperties')) : undefined
  if (!(properties instanceof PDFDict)) return []
  const setting = properties.lookup(PDFName.of('D'))
  const isOffByDefault = setting instanceof PDFDict && setting.lookup(PDFName.of('BaseState')) === PDFName.of('OFF')
  const on = new Set(referencesOf(setting, 'ON'))
  const off = new Set(referencesOf(setting, 'OFF'))
  return referencesOf(properties, 'OCGs').flatMap((ref) => {
    const number = carrier.numberOf(ref)
    return number === undefined ? [] : [{ number, isOff: off.has(ref) || (isOffByDefault && !on.has(ref)) }]
  })
}

function referencesOf(value: unknown, name: string): PDFRef[] {
  const list = value instanceof PDFDict ? value.lookup(PDFName.of(name)) : undefined
  return list instanceof PDFArray ? list.asArray().filter((entry) => entry instanceof PDFRef) : []
}

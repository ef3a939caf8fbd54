import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { ComponentPlan, Place } from '../plan/job-plan.ts'
import type { Carrier } from './carrier.ts'
import { createCopyingCarrier } from './copying-carrier.ts'
import type { Job } from './job.ts'
import { identity, type Matrix } from './matrix.ts'
import { noForms, type WrittenForms, writePageForm } from './page-form.ts'
import { isForm, keyOf, picturesOf } from './pictures-of.ts'
import { rasterToPage } from './raster-to-page.ts'
import type { Supplies } from './supplies.ts'
import { writePicture } from './write-picture.ts'

/** An XObject of the print file, and how its own unit space lies in the units that the plan's regions count in. */
export type Artwork = { readonly number: ObjectNumber; readonly toRegion: Matrix }

/** Gives out each page or picture once per print file, however often it is drawn. */
export type ArtworkShelf = {
  readonly artworkOf: (place: Place) => Promise<Artwork>
  readonly carrierOf: (source: number) => Carrier
  /** Those of all sources used so far. */
  readonly carriers: () => readonly Carrier[]
}

/** `kept` carries what the file begins with, where it begins with a source. */
export function createArtworkShelf(
  job: Job,
  plan: ComponentPlan,
  into: { readonly writer: PdfWriter; readonly supplies: Supplies; readonly kept: Kept | undefined },
): ArtworkShelf {
  const { writer, supplies, kept } = into
  const carriers = new Map<number, Carrier>(kept ? [[kept.source, kept.carrier]] : [])
  const forms = new Map<Carrier, PageForms>()
  const shelf = new Map<string, Promise<Artwork>>()
  const pictures = new Map<string, ObjectNumber>()
  const prepare = picturesOf(job, plan)

  const carrierOf = (source: number): Carrier => {
    const carrier = carriers.get(source) ?? createCopyingCarrier(job.opened.pdf(source).file, writer, supplies)
    carriers.set(source, carrier)
    return carrier
  }
  const form = (place: Place): Artwork => {
    const carrier = carrierOf(place.source)
    const { written, numbers } = forms.get(carrier) ?? { written: noForms(), numbers: new Map() }
    forms.set(carrier, { written, numbers })
    const number = numbers.get(place.page) ?? writePageForm(pageOf(job, place), carrier, writer, written)
    numbers.set(place.page, number)
    return { number, toRegion: identity }
  }
  const picture = async (place: Place): Promise<Artwork> => {
    const prepared = await prepare(keyOf(place))
    const { file, segments, covers } = prepared
    if (file !== job.sources[place.source]?.file) job.onPiece(file)
    const key = `${file} ${segments.map(({ from, to }) => `${from}-${to}`).join()}`
    const number = pictures.get(key) ?? writePicture(job.folder, prepared, writer, supplies)
    pictures.set(key, number)
    if (isPdf(job, place))
      return {
        number,
        toRegion: rasterToPage(job.opened.pdf(place.source).file, pageOf(job, place), place.orientation),
      }
    return { number, toRegion: [covers.width, 0, 0, covers.height, covers.x, covers.y] }
  }
  return {
    carrierOf,
    carriers: () => [...carriers.values()],
    artworkOf: async (place) => {
      if (isForm(job, place)) return form(place)
      const key = keyOf(place)
      const made = shelf.get(key) ?? picture(place)
      shelf.set(key, made)
      return await made
    },
  }
}

/** By page: ten thousand of them are kept as two numbers each. */
type PageForms = { readonly written: WrittenForms; readonly numbers: Map<number, ObjectNumber> }

export type Kept = { readonly source: number; readonly carrier: Carrier }

const isPdf = ({ sources }: Job, { source }: Place): boolean => sources[source]?.format === 'pdf'

function pageOf({ opened }: Job, { source, page }: Pick<Place, 'source' | 'page'>) {
  const found = opened.pdf(source).pages[page - 1]
  if (!found) throw new Error(`The plan names page ${page}, which does not exist`)
  return found
}

import type { RawBox } from '../inspect/facts.ts'
import type { ByteSource } from '../pdf/byte-source.ts'
import type { PixelBox } from '../pictures/recipe.ts'
import { type Engine, startEngine } from './engine.ts'
import { loadPdf } from './load-pdf.ts'
import { brokeError, PdfiumError } from './pdfium-error.ts'
import { paintPrintedFields } from './printed-fields.ts'
import { type Bitmap, rendered } from './render.ts'
import { strangeFonts } from './strange-fonts.ts'

export { type Bitmap, PdfiumError }

export type PageBoxName = 'Media' | 'Crop' | 'Bleed' | 'Trim'

export type PlacedImage = {
  readonly widthPx: number
  readonly heightPx: number
  readonly dpiX: number
  readonly dpiY: number
}

/** A page while it is open: opening it reads all that is on it, and costs most of what is asked of it afterwards. */
export type OpenPage = {
  /** In points as seen: turned, cropped. */
  readonly size: () => { readonly width: number; readonly height: number }
  readonly boxes: (names: readonly PageBoxName[]) => readonly (RawBox | undefined)[]
  /** Fonts that text of the page is shown in and that the file does not bring along, by name. */
  readonly strangeFonts: () => readonly string[]
  /** The page in so many pixels, on white, without annotations. */
  readonly render: (widthPx: number, heightPx: number) => Bitmap
}

/** A PDF opened by PDFium, an engine independent of the one that makes print files. Pages count from 1. */
export type PdfiumDocument = {
  readonly pageCount: number
  readonly isEncrypted: boolean
  /** Page size in points as seen: turned, cropped. */
  readonly size: (page: number) => { readonly width: number; readonly height: number }
  readonly box: (page: number, name: PageBoxName) => RawBox | undefined
  /** Everything that is asked of one page, for the price of opening it once. */
  readonly onPage: <T>(page: number, use: (page: OpenPage) => T) => T
  /** Pictures that stand on the page by themselves (not inside a form), with their resolution as placed. */
  readonly images: (page: number) => readonly PlacedImage[]
  /** The page in so many pixels, on white, with printed annotations where asked. */
  readonly render: (page: number, widthPx: number, heightPx: number, withAnnotations?: boolean) => Bitmap
  /** The same with printed annotations, of a part of it alone: a cut of a large picture that is never made as a whole. */
  readonly renderPart: (page: number, widthPx: number, heightPx: number, part: PixelBox) => Bitmap
  /** From now on this box is what is seen of the page. */
  readonly crop: (page: number, box: RawBox) => void
  /** Can the page be opened at all? */
  readonly canShow: (page: number) => boolean
  /** The document written anew, without encryption and with a sound table of objects. */
  readonly rewritten: () => Buffer
}

const notEncrypted = -1
const removeSecurity = 3

/**
 * Opens a PDF in an engine of its own, with the empty password. The engine is garbage afterwards: nothing to close.
 * From a ByteSource it reads what it needs; bytes are copied into its memory as a whole.
 */
export async function openWithPdfium(bytes: Uint8Array | ByteSource): Promise<PdfiumDocument> {
  const engine = await startEngine()
  const document = loadPdf(engine, bytes)
  const page = pageOf(engine, document)
  return {
    pageCount: engine.call('FPDF_GetPageCount', document),
    isEncrypted: engine.call('FPDF_GetSecurityHandlerRevision', document) !== notEncrypted,
    onPage: (number, use) => page(number, (handle) => use(openPage(engine, handle))),
    size: (number) => page(number, (handle) => sizeOf(engine, handle)),
    box: (number, name) => page(number, (handle) => boxOf(engine, handle, name)),
    images: (number) => page(number, (handle) => imagesOf(engine, handle)),
    render: (number, widthPx, heightPx, withAnnotations = false) => {
      // What became part of the page is seen when it is opened again.
      if (withAnnotations) page(number, (handle) => paintPrintedFields(engine, handle))
      return page(number, (handle) => rendered(engine, handle, { widthPx, heightPx, withAnnotations }))
    },
    renderPart: (number, widthPx, heightPx, part) => {
      page(number, (handle) => paintPrintedFields(engine, handle))
      return page(number, (handle) => rendered(engine, handle, { widthPx, heightPx, withAnnotations: true, part }))
    },
    crop: (number, { x, y, width, height }) =>
      page(number, (handle) => void engine.call('FPDFPage_SetCropBox', handle, x, y, x + width, y + height)),
    canShow: (number) => {
      const handle = engine.call('FPDF_LoadPage', document, number - 1)
      if (handle !== 0) engine.call('FPDF_ClosePage', handle)
      return handle !== 0
    },
    rewritten: () => rewritten(engine, document, bytes),
  }
}

function pageOf(engine: Engine, document: number) {
  return <T>(number: number, use: (handle: number) => T): T => {
    const handle = engine.call('FPDF_LoadPage', document, number - 1)
    if (handle === 0) throw new Error(`PDFium cannot open page ${number}`)
    try {
      return use(handle)
    } finally {
      engine.call('FPDF_ClosePage', handle)
    }
  }
}

const openPage = (engine: Engine, handle: number): OpenPage => ({
  size: () => sizeOf(engine, handle),
  boxes: (names) => names.map((name) => boxOf(engine, handle, name)),
  strangeFonts: () => strangeFonts(engine, handle),
  render: (widthPx, heightPx) => rendered(engine, handle, { widthPx, heightPx, withAnnotations: false }),
})

const sizeOf = (engine: Engine, page: number) => ({
  width: engine.call('FPDF_GetPageWidthF', page),
  height: engine.call('FPDF_GetPageHeightF', page),
})

function boxOf(engine: Engine, page: number, name: PageBoxName): RawBox | undefined {
  const at = engine.allocate(16)
  try {
    if (engine.call(`FPDFPage_Get${name}Box`, page, at, at + 4, at + 8, at + 12) === 0) return undefined
    const view = new DataView(engine.memory().buffer, at, 16)
    const [left, bottom, right, top] = [0, 4, 8, 12].map((place) => view.getFloat32(place, true))
    if (left === undefined || bottom === undefined || right === undefined || top === undefined) return undefined
    return { x: left, y: bottom, width: right - left, height: top - bottom }
  } finally {
    engine.free(at)
  }
}

const imageObject = 3
const mostObjects = 20_000
/** FPDF_IMAGEOBJ_METADATA: width, height, horizontal and vertical dpi, then three fields that are not needed. */
const metadataBytes = 28

function imagesOf(engine: Engine, page: number): PlacedImage[] {
  const count = Math.min(engine.call('FPDFPage_CountObjects', page), mostObjects)
  const at = engine.allocate(metadataBytes)
  try {
    return Array.from({ length: count }, (_, index) => engine.call('FPDFPage_GetObject', page, index)).flatMap(
      (object) => {
        if (engine.call('FPDFPageObj_GetType', object) !== imageObject) return []
        if (engine.call('FPDFImageObj_GetImageMetadata', object, page, at) === 0) return []
        const view = new DataView(engine.memory().buffer, at, metadataBytes)
        const [widthPx, heightPx] = [view.getUint32(0, true), view.getUint32(4, true)]
        return [{ widthPx, heightPx, dpiX: view.getFloat32(8, true), dpiY: view.getFloat32(12, true) }]
      },
    )
  } finally {
    engine.free(at)
  }
}

/** Needs the file in the engine's memory: an engine has one place for a callback, and the writer takes it. */
function rewritten(engine: Engine, opened: number, bytes: Uint8Array | ByteSource): Buffer {
  const document = bytes instanceof Uint8Array ? opened : loadPdf(engine, bytes.read(0, bytes.size))
  const parts: Buffer[] = []
  const collect = (_writer: number, start: number, size: number): number => {
    parts.push(Buffer.from(engine.memory().slice(start, start + size)))
    return 1
  }
  engine.withCallback(3, collect, (write) => {
    const writer = engine.allocate(8)
    const view = new DataView(engine.memory().buffer)
    view.setInt32(writer, 1, true)
    view.setInt32(writer + 4, write, true)
    if (engine.call('FPDF_SaveAsCopy', document, writer, removeSecurity) === 0) throw new PdfiumError(brokeError)
  })
  return withoutOldTables(Buffer.concat(parts))
}

const oldTable = '/Type/XRef/W['

/**
 * PDFium copies the source's cross-reference streams like any other object, decrypted into noise: they lose their type, as
 * a reader that goes by it would stumble. Their neighbours in PDFium's sorted dictionaries tell them from printed words.
 */
function withoutOldTables(file: Buffer): Buffer {
  for (let at = file.indexOf(oldTable); at >= 0; at = file.indexOf(oldTable, at + oldTable.length)) {
    if (/\/Size \d+$/.test(file.toString('latin1', Math.max(0, at - 20), at))) file.write('/Type/Gone', at, 'latin1')
  }
  return file
}

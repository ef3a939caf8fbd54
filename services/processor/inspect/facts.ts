import { type Static, Type } from 'typebox'
import { factsForPages } from './facts-for-pages.ts'

/** A rectangle in the source's own units: PDF user space, or pixels counted from the image's lower left corner. */
export const RawBox = Type.Object({ x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() })
export type RawBox = Static<typeof RawBox>

const channel = Type.Integer({ minimum: 0, maximum: 255 })
export const Rgb = Type.Object({ red: channel, green: channel, blue: channel })
export type Rgb = Static<typeof Rgb>

/** What the first page or image looks like from afar: enough to choose a cover's colours. */
export const Look = Type.Object({
  edge: Type.Object({ ...Rgb.properties }, { description: 'commonest colour along the border' }),
  mean: Rgb,
  isBlank: Type.Boolean({ description: 'nothing but one flat white' }),
})
export type Look = Static<typeof Look>

/** EXIF orientation 1–8; a PDF page turned by 90, 180 or 270 degrees is 6, 3 or 8. */
export const Orientation = Type.Integer({ minimum: 1, maximum: 8 })

const millimetres = Type.Number()
export const Sides = Type.Object({ left: millimetres, bottom: millimetres, right: millimetres, top: millimetres })
export type Sides = Static<typeof Sides>

export const PdfPageFacts = Type.Object({
  media: RawBox,
  crop: RawBox,
  bleed: Type.Optional(RawBox),
  trim: Type.Optional(RawBox),
  orientation: Orientation,
  userUnit: Type.Number({ exclusiveMinimum: 0 }),
  /** Resolution of the coarsest picture that takes a good part of the page, at the page's own size. */
  coarsestDpi: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Annotations that a press would print; they are painted into the page. */
  printedAnnotations: Type.Integer({ minimum: 0 }),
  /** Only where a bleed is there to judge: false when print stops at the trim although the page goes on beyond it. */
  isBleedReal: Type.Optional(Type.Boolean()),
  /** `standard`: of the standard 14, embedded by us; `missing`: others that the file leaves out. */
  fonts: Type.Optional(Type.Enum(['embedded', 'standard', 'missing'])),
  /** How near to each side of the visible box text comes, in millimetres; sides of the stored page, before it is turned. */
  textToSidesMm: Type.Optional(Sides),
  /** Where text stands, in the page's own units; only of documents that may be a cover. */
  textBoxes: Type.Optional(Type.Array(RawBox, { maxItems: 200 })),
  /** Size of the smallest type that is to be read, at the page's own size. */
  smallestTypePt: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Highest sum of inks of a flat colour, in percent. */
  inkPercent: Type.Optional(Type.Number()),
  isBlank: Type.Optional(Type.Boolean()),
  hasTransparency: Type.Optional(Type.Boolean()),
  /** RGB numbers that do not say which red, green and blue they mean; printed as sRGB. */
  hasUntaggedRgb: Type.Optional(Type.Boolean()),
  /** The repaired page looks clearly different from what another engine shows of the damaged file. */
  isShownOtherwise: Type.Optional(Type.Boolean()),
  /** Only the raster of another engine shows this page right. */
  needsRaster: Type.Optional(Type.Boolean()),
})
export type PdfPageFacts = Static<typeof PdfPageFacts>

/** Damaged: a repair by other tools, and a second look, may tell more. */
const wantsRepair = Type.Optional(Type.Boolean())

export const PdfFacts = Type.Object({
  kind: Type.Literal('pdf'),
  pageCount: Type.Integer({ minimum: 0 }),
  pages: Type.Array(PdfPageFacts, { maxItems: factsForPages }),
  wasEncrypted: Type.Boolean(),
  wasRepaired: Type.Boolean(),
  active: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
  look: Look,
  /** Sound, open, without active content and leftovers: its bytes may stay as they are, with changes appended. */
  isAppendable: Type.Optional(Type.Boolean()),
  spotColours: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 30 })),
  /** Names of fonts that the file leaves out and nobody can supply. */
  missingFonts: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 30 })),
  wantsRepair,
})
export type PdfFacts = Static<typeof PdfFacts>

export const ImageFacts = Type.Object({
  kind: Type.Literal('image'),
  format: Type.String(),
  widthPx: Type.Integer({ minimum: 1 }),
  heightPx: Type.Integer({ minimum: 1 }),
  orientation: Orientation,
  density: Type.Optional(Type.Number()),
  channels: Type.Integer({ minimum: 1 }),
  space: Type.String(),
  depth: Type.String(),
  hasProfile: Type.Boolean(),
  hasAlpha: Type.Boolean(),
  frames: Type.Integer({ minimum: 1 }),
  isDamaged: Type.Boolean(),
  /** What the colours mean, by the profile in the file. */
  profile: Type.Optional(Type.Enum(['none', 'srgb', 'display_p3', 'adobe_rgb', 'gray', 'cmyk', 'other'])),
  /** A second picture for bright screens is in the file; paper cannot show it. */
  hasGainMap: Type.Optional(Type.Boolean()),
  /** Camera, place or time are in the file; none of it goes into a print file. */
  hasMetadata: Type.Optional(Type.Boolean()),
  /** A JPEG that a press can read as it is: its bytes go into the print file untouched. */
  isPassable: Type.Boolean(),
  /** Only headers and top were read: `look` is that of the top, and damage further down shows when it is printed. */
  isUnproven: Type.Optional(Type.Boolean()),
  look: Look,
})
export type ImageFacts = Static<typeof ImageFacts>

/** A file that no tool of ours can open, and why. */
export const Unreadable = Type.Object({
  kind: Type.Literal('unreadable'),
  code: Type.Enum(['PASSWORD_REQUIRED', 'CORRUPT_UNRECOVERABLE', 'EMPTY_DOCUMENT', 'TOO_LARGE', 'RESOURCE_LIMIT']),
  detail: Type.String({ maxLength: 250 }),
  wantsRepair,
})
export type Unreadable = Static<typeof Unreadable>

/** What is known of one source after looking into it; positions follow the sources of the ticket. */
export const Facts = Type.Union([PdfFacts, ImageFacts, Unreadable])
export type Facts = Static<typeof Facts>

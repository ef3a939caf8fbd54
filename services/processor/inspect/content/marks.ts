import type { RawBox } from '../facts.ts'
import { type Affine, followedBy, mapped } from './affine.ts'

/** A picture where it stands: its pixels fill the unit square, which `at` maps to the page. */
export type Picture = { readonly widthPx: number; readonly heightPx: number; readonly at: Affine }

/** A line of text: the box around it, and its size; absent where glyphs are drawn to no common measure (Type 3). */
export type TextMark = RawBox & { readonly size?: number }

export type FontUse = {
  readonly name: string
  readonly supply: 'embedded' | 'standard' | 'missing'
}

/** What a run of content leaves on the page, in the run's own space. Lists stop at a bound; the sums go on. */
export type Marks = {
  isMarked: boolean
  isReadable: boolean
  hasTransparency: boolean
  hasUntaggedRgb: boolean
  hasHiddenLayer: boolean
  /** A pattern is painted with itself: renderers hang on it. */
  isEndless: boolean
  inkPercent: number
  readonly spots: Set<string>
  readonly fonts: Map<string, FontUse>
  readonly pictures: Picture[]
  readonly texts: TextMark[]
}

export const mostPictures = 3000
export const mostTexts = 3000
const mostNames = 500

export const noMarks = (): Marks => ({
  isMarked: false,
  isReadable: true,
  hasTransparency: false,
  hasUntaggedRgb: false,
  hasHiddenLayer: false,
  isEndless: false,
  inkPercent: 0,
  spots: new Set(),
  fonts: new Map(),
  pictures: [],
  texts: [],
})

/** Adds what a form, mapped by `at`, brings. */
export function addForm(marks: Marks, form: Marks, at: Affine): void {
  addKinds(marks, form)
  marks.isMarked ||= form.isMarked
  for (const picture of form.pictures) addPicture(marks, { ...picture, at: followedBy(picture.at, at) })
  for (const text of form.texts) addText(marks, mapped(text, at), scaledBy(text.size, at))
}

/** Adds what holds wherever the content stands: of a pattern, a glyph, a mask. */
export function addKinds(marks: Marks, other: Marks): void {
  marks.isReadable &&= other.isReadable
  marks.hasTransparency ||= other.hasTransparency
  marks.hasUntaggedRgb ||= other.hasUntaggedRgb
  marks.hasHiddenLayer ||= other.hasHiddenLayer
  marks.isEndless ||= other.isEndless
  marks.inkPercent = Math.max(marks.inkPercent, other.inkPercent)
  for (const spot of other.spots) if (marks.spots.size < mostNames) marks.spots.add(spot)
  for (const [key, font] of other.fonts) addFont(marks, key, font)
}

export function addFont(marks: Marks, key: string, font: FontUse): void {
  if (marks.fonts.size < mostNames) marks.fonts.set(key, font)
}

export function addPicture(marks: Marks, picture: Picture): void {
  marks.isMarked = true
  if (marks.pictures.length < mostPictures) marks.pictures.push(picture)
}

/** How large type of this size is once it is mapped: by its height on an upright page, whichever way it is turned. */
export const scaledBy = (size: number | undefined, [, , c, d]: Affine): number | undefined =>
  size === undefined ? undefined : size * Math.hypot(c, d)

export function addText(marks: Marks, text: RawBox, size: number | undefined): void {
  marks.isMarked = true
  if (marks.texts.length < mostTexts) marks.texts.push(size === undefined ? text : { ...text, size })
}

import type { Product } from '../product.ts'

/** What the makers of the catalogue have in common; a facility may override bleed, spine and colour. */
export const europeanBleedMm = 3
export const usBleedMm = 3.175

export const bookResolution = { rejectBelowDpi: 72, minimumDpi: 150, goodDpi: 300 } as const
/** Canvas and posters are looked at from farther away (PRINT-FACTS §2). */
export const wallResolution = { rejectBelowDpi: 40, minimumDpi: 100, goodDpi: 150 } as const

/** Coated paper in Europe and in North America; pictures stay as they are, the press converts them for its paper. */
export const europeanColour: Product['colour'] = { pictures: 'keep', outputIntent: 'FOGRA39' }
export const usColour: Product['colour'] = { pictures: 'keep', outputIntent: 'GRACoL2006' }

export const finish = { values: ['matt', 'gloss'], default: 'matt' }

export const pdfBook: Product['fileSets'] = [['interior'], ['interior', 'cover']]
/** A list of pictures or a finished PDF, each with or without a cover file. */
export const pictureBook: Product['fileSets'] = [['images'], ['images', 'cover'], ['interior'], ['interior', 'cover']]

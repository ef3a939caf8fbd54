import type { SpineRule } from './spine.ts'

/** The width with the formula and every number that went into it, so that a designer can check it. */
export type Spine = {
  readonly widthMm: number
  readonly formula: string
  readonly inputs: Readonly<Record<string, number>>
}

/** Width of the spine of a block of `pages` printed pages. Pages past the last band take the last band's width. */
export function spineOf(rule: SpineRule, pages: number): Spine {
  switch (rule.kind) {
    case 'per_page':
      return {
        widthMm: pages * rule.mmPerPage + rule.plusMm,
        formula: 'pages × mm_per_page + plus_mm',
        inputs: { pages, mm_per_page: rule.mmPerPage, plus_mm: rule.plusMm },
      }
    case 'paper':
      return {
        widthMm: (pages / 2) * ((rule.gsm * rule.bulk) / 1000) + 2 * rule.coverCaliperMm,
        formula: 'pages / 2 × gsm × bulk / 1000 + 2 × cover_caliper_mm',
        inputs: { pages, gsm: rule.gsm, bulk: rule.bulk, cover_caliper_mm: rule.coverCaliperMm },
      }
    case 'caliper':
      return {
        widthMm: ((pages / 2) * rule.leafMicrometres + 2 * rule.coverMicrometres) / 1000,
        formula: '(pages / 2 × leaf_micrometres + 2 × cover_micrometres) / 1000',
        inputs: { pages, leaf_micrometres: rule.leafMicrometres, cover_micrometres: rule.coverMicrometres },
      }
    case 'bands': {
      const band = rule.bands.find((each) => pages <= each.toPages) ?? rule.bands.at(-1)
      return {
        widthMm: band?.widthMm ?? 0,
        formula: 'width of the band that holds pages',
        inputs: { pages, band_to_pages: band?.toPages ?? pages },
      }
    }
    default: {
      const never: never = rule
      return never
    }
  }
}

import type { PublicationDocument } from '#contracts/published/publication-document.ts'

const picture = (width: number) => ({ width_px: width, path: `/public/v1/thumbnails/AbCdEfGhIjKlMnOpQrStUv/${width}` })

/** A draft with everything that a preview can show: long words, two scripts, an offer that nobody makes now. */
export const draft: PublicationDocument = {
  object: 'publication',
  id: 'pub_01k9x0000000000000000000aa',
  is_test: true,
  version: 3,
  state: 'open',
  title: 'Harbour Lights, issue 12',
  texts: {
    de: {
      title: 'Hafenlichter: Schifffahrtsgeschichtsforschungsgesellschaftsmitteilungen, Ausgabe 12',
      description: 'Reportagen aus Häfen.\nMit Donaudampfschifffahrtsgesellschaftskapitänsmützenabbildungen.',
      button: 'Als hochwertiges Heft drucken lassen',
    },
    ar: { title: 'أضواء الميناء، العدد ١٢', description: 'قصص من الموانئ.', button: 'اطبع هذا' },
  },
  thumbnail: {
    width_px: 480,
    height_px: 640,
    colour: '#b08d57',
    sources: [picture(160), picture(320), picture(480)],
  },
  pages: 48,
  offers: [
    {
      sku: 'magazine-a4',
      family: 'magazine',
      title: 'Magazine A4, saddle stitched',
      trim_width_mm: 210,
      trim_height_mm: 297,
      from: { amount: 1180, currency: 'EUR', printed_pages: 48, gross: 1286, country: 'NL', tax_rate_percent: 9 },
    },
    {
      sku: 'book-a5',
      family: 'softcover_book',
      title: 'Book A5, softcover',
      trim_width_mm: 148,
      trim_height_mm: 210,
      from: { amount: 2450, currency: 'EUR', printed_pages: 48 },
    },
    { sku: 'poster-a3', family: 'poster', title: 'Poster A3', trim_width_mm: 297, trim_height_mm: 420 },
  ],
  theme: { style: 'solid', accent: '#7a3b12', radius_px: 6, size: 'medium', shows_price: true },
  valid_from: '2026-11-01T00:00:00Z',
  valid_until: '2026-12-31T23:00:00Z',
}

import type { Expected, Row } from '../row.ts'

const withBleed = (pages: number): Expected => ({ pages, widthMm: 216, heightMm: 303 })
const asTheyAre = (pages: number): Expected => ({ pages, widthMm: 210, heightMm: 297 })
const rewritten = 'rewrites the file; sets no boxes, makes no bleed'

/** 3 mm in points, and A4 with it all around. */
const ghostscriptSheet =
  '-dFIXEDMEDIA -dDEVICEWIDTHPOINTS=612.283 -dDEVICEHEIGHTPOINTS=858.898 ' +
  '-c "<</PageOffset [8.504 8.504]>> setpagedevice [/TrimBox [8.504 8.504 603.779 850.394] /PAGES pdfmark" -f'

export const documentRows: readonly Row[] = [
  {
    id: 'magazine',
    title: 'Magazine PDF, 200 pages, 74 MB: boxes + mirrored bleed',
    inputs: ['magazine'],
    work: 'magazine',
    expected: withBleed(200),
    limits: { peakMB: 100 },
    peers: [
      {
        name: 'Ghostscript',
        needs: ['gs'],
        asked: { wall: 200 },
        expected: withBleed(200),
        script: `gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile="$OUT/out.pdf" ${ghostscriptSheet} "$IN/magazine-200-pages.pdf"`,
        note: 'boxes set, bleed left white; JPEG pictures pass through it unopened',
      },
      {
        name: 'pdf-lib, boxes set',
        needs: [],
        asked: { wall: 5 },
        expected: withBleed(200),
        script: '"$NODE" "$BENCH/peers/boxes.ts" "$IN/magazine-200-pages.pdf" "$OUT/out.pdf"',
        note: 'bleed left white',
      },
      {
        name: 'pdf-lib, pages embedded',
        needs: [],
        asked: { wall: 7 },
        expected: withBleed(200),
        script: '"$NODE" "$BENCH/peers/embed.ts" "$IN/magazine-200-pages.pdf" "$OUT/out.pdf"',
        note: 'each page drawn nine times, mirrored, as ours',
      },
      {
        name: 'qpdf',
        needs: ['qpdf'],
        asked: { wall: 1.2 },
        expected: asTheyAre(200),
        script: 'qpdf "$IN/magazine-200-pages.pdf" "$OUT/out.pdf"',
        note: rewritten,
      },
      {
        name: 'mutool clean',
        needs: ['mutool'],
        asked: {},
        expected: asTheyAre(200),
        script: 'mutool clean "$IN/magazine-200-pages.pdf" "$OUT/out.pdf"',
        note: rewritten,
      },
    ],
  },
  {
    id: 'large',
    title: '0.96 GB PDF, 960 pages: boxes + mirrored bleed',
    inputs: ['large'],
    work: 'large',
    expected: withBleed(960),
    limits: { peakMB: 100 },
    peers: [
      {
        name: 'cp of the file',
        needs: ['cp'],
        asked: { wall: 1 / 1.1 },
        expected: asTheyAre(960),
        script: 'cp --reflink=never "$IN/large-960-mb.pdf" "$OUT/out.pdf"',
        note: 'the limit: bytes copied and nothing else',
      },
      {
        name: 'qpdf',
        needs: ['qpdf'],
        asked: { wall: 3 },
        expected: asTheyAre(960),
        script: 'qpdf "$IN/large-960-mb.pdf" "$OUT/out.pdf"',
        note: rewritten,
      },
    ],
  },
  {
    id: 'pages',
    title: '10,000 pages of text: boxes + mirrored bleed',
    inputs: ['pages'],
    work: 'pages',
    expected: withBleed(10_000),
    limits: { wallMs: 1500, peakMB: 100 },
    peers: [
      {
        name: 'qpdf',
        needs: ['qpdf'],
        asked: {},
        expected: asTheyAre(10_000),
        script: 'qpdf "$IN/text-10000-pages.pdf" "$OUT/out.pdf"',
        note: rewritten,
      },
    ],
  },
]

import type { Expected, Peer, Row } from '../row.ts'

const expected: Expected = { pages: 40, widthMm: 216, heightMm: 286 }
const bound = 'img2pdf --pagesize 216mmx286mm --trim-border 3mm:3mm -o "$OUT/out.pdf"'
/** 216 × 286 mm at 300 dpi. */
const pixels = '2551x3378'
const onePage = `-resize ${pixels}^ -gravity center -extent ${pixels} -quality 92 -sampling-factor 4:4:4 -units PixelsPerInch -density 300`

const imageMagick: Peer = {
  name: 'ImageMagick + img2pdf',
  needs: ['convert', 'img2pdf'],
  asked: { wall: 11, cpu: 7 },
  expected,
  script: `cd "$IN"; for f in photo-??.jpg; do convert "$f" -auto-orient ${onePage} "$OUT/$f"; done; ${bound} "$OUT"/photo-??.jpg`,
  note: 'one convert a photo, as scripts do it; its own threads use both cores',
}

const pdfLib: Peer = {
  name: 'pdf-lib + sharp defaults',
  needs: [],
  asked: { wall: 4 },
  expected,
  script: '"$NODE" "$BENCH/peers/photo-book.ts" "$IN" "$OUT/out.pdf"',
}

const ghostscript: Peer = {
  name: 'Ghostscript',
  needs: ['gs'],
  asked: { wall: 2.5 },
  expected,
  script:
    'cd "$IN"; for f in photo-??.jpg; do printf "(%s) viewJPEG showpage\\n" "$PWD/$f"; done > "$OUT/all.ps"; ' +
    'gs -q -dNOSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile="$OUT/out.pdf" -dFIXEDMEDIA ' +
    '-dDEVICEWIDTHPOINTS=612.283 -dDEVICEHEIGHTPOINTS=810.709 -dColorImageResolution=300 ' +
    '-dColorImageDownsampleType=/Bicubic -dDownsampleColorImages=true viewjpeg.ps -f "$OUT/all.ps"',
  note: 'its default quality, neither turned upright nor cut to the page',
}

const limit: Peer = {
  name: 'limit: djpeg + cjpeg',
  needs: ['djpeg', 'cjpeg', 'xargs'],
  asked: { wall: 0.75 },
  script:
    'cd "$IN"; djpeg -crop 2551x3378+1600+300 -outfile "$OUT/page.ppm" photo-01.jpg; ' +
    'ls photo-??.jpg | xargs -P 2 -I@ sh -c \'djpeg -outfile /dev/null @ && cjpeg -quality 92 -sample 1x1 -outfile /dev/null "$OUT/page.ppm"\'',
  note: 'two at a time: reads 24 MP, writes 8.6 MP, resamples nothing, makes no PDF',
}

export const photoBookRows: readonly Row[] = [
  {
    id: 'photo-book',
    title: 'Photo book, 40 × 24-MP JPEG → 216 × 286 mm, re-encoded',
    inputs: ['photos'],
    work: 're-encoded',
    expected,
    peers: [imageMagick, pdfLib, ghostscript, limit],
    limits: { peakMB: 300 },
  },
  {
    id: 'photo-book-passed',
    title: 'The same, passed through and validated',
    inputs: ['photos'],
    work: 'passed',
    expected,
    peers: [{ ...limit, asked: { wall: 2 } }],
    limits: { peakMB: 300 },
  },
  {
    id: 'photo-book-unchecked',
    title: 'Passed through, not validated',
    inputs: ['photos'],
    work: 'passed-unchecked',
    expected,
    peers: [
      {
        name: 'img2pdf',
        needs: ['img2pdf'],
        asked: { wall: 2 },
        expected,
        script: `cd "$IN"; ${bound} --fit fill photo-??.jpg`,
        note: 'stretches where ours cuts',
      },
    ],
    limits: { peakMB: 100 },
  },
  {
    id: 'photo-book-cmyk',
    title: 'CMYK photo book, the same photos',
    inputs: ['photos'],
    work: 'cmyk',
    expected,
    limits: { peakMB: 300 },
    peers: [
      {
        ...imageMagick,
        asked: { wall: 12 },
        script: `cd "$IN"; for f in photo-??.jpg; do convert "$f" -auto-orient ${onePage} -profile "$CMYK" "$OUT/$f"; done; ${bound} "$OUT"/photo-??.jpg`,
      },
      {
        ...ghostscript,
        asked: { wall: 12 },
        script: ghostscript.script.replace(
          '-sDEVICE=pdfwrite',
          '-sDEVICE=pdfwrite -sColorConversionStrategy=CMYK -sProcessColorModel=DeviceCMYK',
        ),
      },
    ],
  },
]

import type { Expected, Row } from '../row.ts'

/** 90 × 60 cm and 52 mm of wrap on each side. */
const expected: Expected = { pages: 1, widthMm: 1004, heightMm: 704 }
/** The photo's own 245 dpi: 8688 px on 900 mm, 502 px of wrap. */
const bound = 'img2pdf --pagesize 1004mmx704mm --trim-border 52mm:52mm -o "$OUT/out.pdf" "$OUT/out.jpg"'
const quality = '-quality 92 -sampling-factor 4:4:4'

export const canvasRow: Row = {
  id: 'canvas',
  title: 'Canvas 90 × 60 cm, 50-MP JPEG, mirrored wrap',
  inputs: ['canvas'],
  work: 'canvas',
  expected,
  limits: { peakMB: 90 },
  note: 'a product that is good from 200 dpi on, so that the photo keeps its own pixels',
  peers: [
    {
      name: 'ImageMagick, tuned line',
      needs: ['convert', 'img2pdf'],
      asked: { wall: 7 },
      expected,
      script:
        'convert "$IN/canvas-50-mp.jpg" -auto-orient -filter point -interpolate nearest -virtual-pixel mirror ' +
        `-set option:distort:viewport 9692x6796-502-502 -distort SRT 0 +repage ${quality} "$OUT/out.jpg" && ${bound}`,
      note: 'nothing resampled; with the 256 MiB that Debian allows it, both lines work through the disk: trust CPU',
    },
    {
      name: 'ImageMagick, plain line',
      needs: ['convert', 'img2pdf'],
      asked: { wall: 18 },
      expected,
      script:
        'convert "$IN/canvas-50-mp.jpg" -auto-orient -virtual-pixel mirror ' +
        `-set option:distort:viewport 9692x6796-502-502 -distort SRT 0 +repage ${quality} "$OUT/out.jpg" && ${bound}`,
    },
  ],
}

import { describe, expect, test } from 'vitest'
import type { ComponentPlan, Drawing } from '../../../../services/processor/plan/job-plan.ts'
import { onePage, streamOf } from './hand-written.ts'
import { keptPage, mirroredPage, type PrintFile, qpdfObjects, withPrintFile } from './make.ts'
import { apart, type Rgb, seen } from './render.ts'

/** Five pixels a millimetre: bleed and trim begin on whole pixels. */
const dpi = 127
const paper: Rgb = [255, 255, 255]
const made = <T>(
  bytes: Uint8Array,
  plan: Pick<ComponentPlan, 'pages'> & Partial<ComponentPlan>,
  use: (made: PrintFile) => T,
) => withPrintFile([{ file: 'source-0.pdf', format: 'pdf', bytes }], plan, use)
const anew = { pages: [[mirroredPage(1)]] }
const continued = { base: 0, pages: [[keptPage(1)]] }

/** Places of the trim area, in millimetres from its corner, where source and print file differ to the eye. */
async function differences(source: Uint8Array, file: Uint8Array): Promise<string[]> {
  const [before, after] = [await seen(source, 1, dpi), await seen(file, 1, dpi)]
  const found: string[] = []
  for (let y = 1; y < 209; y += 1.4)
    for (let x = 1; x < 147; x += 1.4)
      if (apart(before.at(x, y), after.at(x + 3, y + 3)) > 60) found.push(`${x.toFixed(1)}/${y.toFixed(1)}`)
  return found
}

describe('Mirrored bleed', () => {
  test('shows no hairline where the page ends, at the resolution of a press', async () => {
    const ink: Rgb = [51, 102, 153]
    await made(onePage('0.2 0.4 0.6 rg 0 0 420 596 re f', ''), anew, async ({ bytes }) => {
      const { bitmap } = await seen(bytes, 1, 300)
      const { widthPx, heightPx, data } = bitmap
      let faint = 0
      // The sheet is no whole number of pixels: its outermost ones are cut.
      for (let y = 2; y < heightPx - 2; y += 1) {
        for (let x = 2; x < widthPx - 2; x += 1) {
          const at = (y * widthPx + x) * 4
          if (apart([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], ink) > 2) faint += 1
        }
      }
      expect(faint).toBe(0)
    })
  })

  test('repeats the outermost millimetres outwards, and leaves words in the page the right way round', async () => {
    // A red stripe 2 mm from the left edge, 1 mm wide, and words in the middle.
    const content = '1 0 0 rg 5.669 0 2.835 596 re f 0 g BT /F 40 Tf 60 300 Td (LEFT) Tj ET'
    const source = onePage(content, '/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>')
    await made(source, anew, async ({ bytes }) => {
      const { at } = await seen(bytes, 1, dpi)
      expect(apart(at(5.5, 100), [255, 0, 0])).toBeLessThan(30)
      expect(apart(at(0.5, 100), [255, 0, 0])).toBeLessThan(30)
      expect(apart(at(2, 100), paper)).toBeLessThan(3)
      expect(await differences(source, bytes)).toEqual([])
    })
  })
})

describe('A page that is placed', () => {
  test('keeps tiling and shading patterns where they were', async () => {
    const resources = `/Pattern << /T 5 0 R /S << /Type /Pattern /PatternType 2 /Shading 6 0 R >> >>`
    const tile = streamOf(
      '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 40 40] /XStep 40 /YStep 40 /Resources << >>',
      '0.8 0.1 0.1 rg 0 0 20 20 re f 0.1 0.1 0.8 rg 20 20 20 20 re f',
    )
    const shading =
      '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 420 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> /Extend [true true] >>'
    const content = '/Pattern cs /T scn 0 0 420 300 re f /S scn 0 300 420 296 re f'
    const source = onePage(content, resources, [tile, shading])
    await made(source, anew, async ({ bytes }) => expect(await differences(source, bytes)).toEqual([]))
    await made(source, continued, async ({ bytes }) => expect(await differences(source, bytes)).toEqual([]))
  })

  test('carries the annotations that print, in the state they are in, and no others', async () => {
    const look = (colour: string) =>
      streamOf('/Type /XObject /Subtype /Form /BBox [0 0 10 10]', `${colour} rg 0 0 10 10 re f`)
    const note = (x: number, rest: string) =>
      `<< /Type /Annot /Subtype /Widget /Rect [${x} 300 ${x + 50} 350] ${rest} >>`
    const page = `/Annots [${[
      note(20, '/F 4 /AP << /N 5 0 R >>'),
      note(120, '/F 4 /AS /On /AP << /N << /On 6 0 R /Off 5 0 R >> >>'),
      note(220, '/F 6 /AP << /N 5 0 R >>'),
      note(320, '/F 0 /AP << /N 5 0 R >>'),
    ].join(' ')}]`
    const source = onePage('', '', [look('1 0 0'), look('0 0 1')], '', page)
    await made(source, anew, async ({ bytes }) => {
      const { at } = await seen(bytes, 1, dpi)
      const inside = (x: number) => at(3 + ((x + 25) / 72) * 25.4, 3 + 210 - (325 / 72) * 25.4)
      expect(inside(20)).toEqual([255, 0, 0])
      expect(inside(120)).toEqual([0, 0, 255])
      expect(inside(220)).toEqual(paper)
      expect(inside(320)).toEqual(paper)
    })
  })

  test('keeps hidden layers hidden, and those that must not print', async () => {
    const layers = '/OCProperties << /OCGs [5 0 R 6 0 R 7 0 R] /D << /OFF [5 0 R] /ON [6 0 R 7 0 R] >> >>'
    const layer = (rest: string) => `<< /Type /OCG /Name (x) ${rest} >>`
    const more = [layer(''), layer('/Usage << /Print << /PrintState /OFF >> >>'), layer('')]
    const content = ['A', 'B', 'C'].map((name, index) => `/OC /${name} BDC 0 g ${index * 100} 0 100 596 re f EMC`)
    const source = onePage(content.join('\n'), '/Properties << /A 5 0 R /B 6 0 R /C 7 0 R >>', more, layers)
    for (const plan of [anew, continued, { base: 0, ...anew }]) {
      await made(source, plan, async ({ bytes }) => {
        const { at } = await seen(bytes, 1, dpi)
        expect([at(20, 100), at(55, 100), at(90, 100)]).toEqual([paper, paper, [0, 0, 0]])
      })
    }
  })

  test('says what its untagged colours mean, in forms within forms too, and no more objects change than must', async () => {
    const form = (content: string) =>
      streamOf('/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /ProcSet [/PDF] >>', content)
    const more = [form('1 0 0 rg 0 0 50 50 re f'), form('0 0 0 1 k 0 0 50 50 re f')]
    const source = onePage('/A Do /B Do', '/XObject << /A 5 0 R /B 6 0 R >>', more)
    await made(source, continued, ({ path, bytes }) => {
      const objects = qpdfObjects(path)
      expect(JSON.stringify(objects.get('obj:3 0 R'))).toContain('DefaultRGB')
      expect(JSON.stringify(objects.get('obj:5 0 R'))).toContain('DefaultRGB')
      expect(JSON.stringify(objects.get('obj:6 0 R'))).not.toContain('DefaultRGB')
      expect(bytes.indexOf('\n6 0 obj', source.length)).toBe(-1)
    })
  })

  test('can be painted as a picture instead, and lies in the same place, turned or not', async () => {
    const content = '0.9 0.2 0.1 rg 0 0 210 150 re f 0.1 0.5 0.2 rg 210 450 210 146 re f'
    const turned: Drawing = {
      ...({ draw: 'place', source: 0, page: 1, orientation: 6 } as const),
      region: { x: 0, y: 0, width: 419.52756, height: 595.27559 },
      to: { xMm: 3, yMm: 60, widthMm: 148, heightMm: 104.4 },
      within: { xMm: 0, yMm: 57, widthMm: 154, heightMm: 110.4 },
    }
    for (const [drawing, page] of [
      [mirroredPage(1), ''],
      [turned, '/Rotate 90'],
    ] as const) {
      if (drawing.draw !== 'place') continue
      const source = onePage(content, '', [], '', page)
      const painted = await made(source, { pages: [[{ ...drawing, rasterDpi: 150 }]] }, ({ bytes }) =>
        seen(bytes, 1, 50),
      )
      const placed = await made(source, { pages: [[drawing]] }, ({ bytes }) => seen(bytes, 1, 50))
      for (let y = 2; y < 214; y += 7)
        for (let x = 2; x < 152; x += 7) expect(apart(painted.at(x, y), placed.at(x, y)), `${x}/${y}`).toBeLessThan(12)
    }
  })
})

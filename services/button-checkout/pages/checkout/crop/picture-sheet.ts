import type { Box } from '#contracts/geometry/box.ts'
import { h } from '#look/h.ts'
import type { Size } from './crop-maths.ts'
import { type Ground, type Placing, printedBox, seenSheet } from './placing.ts'

type Props = {
  readonly ground: Ground
  readonly placing: Placing
  readonly url: string
  /** Behind the picture until it has come, and in the hair between mirror images. */
  readonly colour: string
  readonly label: string
  /** Whether what is cut off and folded away is marked. */
  readonly hasGuides: boolean
}

/** The sheet, from above, with the picture as it is printed. */
export function PictureSheet({ ground, placing, url, colour, label, hasGuides }: Props) {
  const { sheet, trim } = seenSheet(ground, placing)
  const isMirrored = ground.wrap === 'mirror' && placing.fit === 'fill'
  const viewBox = `0 0 ${sheet.width} ${sheet.height}`
  const paper = isMirrored ? colour : ground.wrap === 'black' ? 'black' : 'white'
  return h(
    'svg',
    { class: 'print-sheet', viewBox, role: 'img', 'aria-label': label, preserveAspectRatio: 'xMidYMid meet' },
    h('defs', {}, h('clipPath', { id: 'sheet-edge' }, h('rect', { width: sheet.width, height: sheet.height }))),
    h(
      'g',
      { 'clip-path': 'url(#sheet-edge)' },
      h('rect', { width: sheet.width, height: sheet.height, fill: paper }),
      isMirrored && h('g', { transform: stretched(trim, sheet) }, h(Piece, { ground, placing, url })),
      isMirrored
        ? mirrors(trim).map((transform) => h('g', { transform, key: transform }, h(Piece, { ground, placing, url })))
        : h(Piece, { ground, placing, url }),
    ),
    hasGuides && h(SheetGuides, { ground, placing }),
  )
}

type PieceProps = Pick<Props, 'ground' | 'placing' | 'url'>

/** The crop in its box; a nested SVG cuts it. */
function Piece({ ground, placing, url }: PieceProps) {
  const box = printedBox(ground, placing)
  const { width, height } = ground.picture
  const { turn, crop } = placing
  const isAcross = turn === 90 || turn === 270
  const [seenWidth, seenHeight] = isAcross ? [height, width] : [width, height]
  const moved = {
    0: '',
    90: `translate(${height} 0) rotate(90)`,
    180: `translate(${width} ${height}) rotate(180)`,
    270: `translate(0 ${width}) rotate(270)`,
  }
  return h(
    'svg',
    {
      ...{ x: box.xMm, y: box.yMm, width: box.widthMm, height: box.heightMm, preserveAspectRatio: 'none' },
      viewBox: [crop.x * seenWidth, crop.y * seenHeight, crop.width * seenWidth, crop.height * seenHeight].join(' '),
    },
    h('image', { href: url, width, height, preserveAspectRatio: 'none', transform: moved[turn] || undefined }),
  )
}

/** From the face to the whole sheet: behind the mirror images, so that no hair of another colour is seen between them. */
const stretched = ({ xMm, yMm, widthMm, heightMm }: Box, { width, height }: Size): string => {
  const [across, down] = [width / widthMm, height / heightMm]
  return `matrix(${across} 0 0 ${down} ${-xMm * across} ${-yMm * down})`
}

/** The face and its mirror images on all sides and corners. */
function mirrors({
  xMm,
  yMm,
  widthMm,
  heightMm,
}: {
  xMm: number
  yMm: number
  widthMm: number
  heightMm: number
}): string[] {
  const along = (from: number, length: number) => [
    [1, 0],
    [-1, 2 * from],
    [-1, 2 * (from + length)],
  ]
  return along(xMm, widthMm).flatMap(([scaleX, moveX]) =>
    along(yMm, heightMm).map(([scaleY, moveY]) => `matrix(${scaleX} 0 0 ${scaleY} ${moveX} ${moveY})`),
  )
}

/** What is cut off or folded away in a shade, the edge as a line, the safe area as a dashed one. */
function SheetGuides({ ground, placing }: Pick<Props, 'ground' | 'placing'>) {
  const { sheet, trim, safe } = seenSheet(ground, placing)
  const inner = (box: typeof trim) => `M${box.xMm} ${box.yMm}h${box.widthMm}v${box.heightMm}h${-box.widthMm}z`
  return h(
    'g',
    { class: 'guides', 'aria-hidden': 'true' },
    h('path', { class: 'off', 'fill-rule': 'evenodd', d: `M0 0h${sheet.width}v${sheet.height}H0z${inner(trim)}` }),
    h('path', { class: 'trim', d: inner(trim) }),
    h('path', { class: 'safe', d: inner(safe) }),
  )
}

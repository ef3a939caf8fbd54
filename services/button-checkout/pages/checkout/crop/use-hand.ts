import { useRef } from 'preact/hooks'
import { middleOf } from './crop-maths.ts'
import { type Ground, largestZoom, type Placing, placedAnew, seenSheet } from './placing.ts'

type Point = { readonly x: number; readonly y: number }
/** Where the fingers are together, and how far apart; one finger alone is always as far. */
type Hold = { readonly middle: Point; readonly spread: number }
type Start = Hold & { readonly crop: Point; readonly zoom: number }

type Held = {
  readonly ground: Ground
  readonly placing: Placing
  readonly zoom: number
  readonly onPut: (placing: Placing) => void
}

/** The picture follows the hand, also where the sheet leaves room beside it; two fingers make it larger. */
export function useHand({ ground, placing, zoom, onPut }: Held) {
  const fingers = useRef(new Map<number, Point>())
  const start = useRef<Start>(undefined)
  if (placing.fit === 'fit') return {}
  const begin = () => {
    start.current = { ...holdOf(fingers.current), crop: middleOf(placing.crop), zoom }
  }
  const leave = (event: PointerEvent) => {
    if (fingers.current.delete(event.pointerId)) begin()
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (!(event.currentTarget instanceof Element)) return
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, pointOf(event))
      begin()
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current
      const svg = event.currentTarget instanceof Element && event.currentTarget.querySelector('svg')
      if (!from || !svg || !fingers.current.has(event.pointerId)) return
      fingers.current.set(event.pointerId, pointOf(event))
      const { middle, spread } = holdOf(fingers.current)
      const { sheet, area } = seenSheet(ground, placing)
      const box = svg.getBoundingClientRect()
      const pixelsPerMm = Math.min(box.width / sheet.width, box.height / sheet.height)
      const next = Math.max(1, Math.min(largestZoom, from.zoom * (spread / from.spread)))
      const shareOf = (pixels: number, areaMm: number, crop: number): number => (pixels / pixelsPerMm / areaMm) * crop
      const near = {
        x: from.crop.x - shareOf(middle.x - from.middle.x, area.widthMm, placing.crop.width),
        y: from.crop.y - shareOf(middle.y - from.middle.y, area.heightMm, placing.crop.height),
      }
      onPut(placedAnew(ground, placing, next, near))
    },
    onPointerUp: leave,
    onPointerCancel: leave,
  }
}

const pointOf = ({ clientX, clientY }: PointerEvent): Point => ({ x: clientX, y: clientY })

function holdOf(fingers: ReadonlyMap<number, Point>): Hold {
  const [one = { x: 0, y: 0 }, other] = [...fingers.values()]
  if (!other) return { middle: one, spread: 1 }
  return {
    middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
    spread: Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)),
  }
}

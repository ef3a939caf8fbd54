/** A part of an upright picture: shares of its width and height from the top left. */
export type Share = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

export const whole: Share = { left: 0, top: 0, width: 1, height: 1 }

type Corner = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Where `inner` lies in `outer`, both with y upwards. */
export const shareOf = (inner: Corner, outer: Corner): Share => ({
  left: (inner.x - outer.x) / outer.width,
  top: (outer.y + outer.height - inner.y - inner.height) / outer.height,
  width: inner.width / outer.width,
  height: inner.height / outer.height,
})

/** The same part after the picture was turned upright, for the orientations 1, 3, 6 and 8 that a PDF page can have. */
export function turned({ left, top, width, height }: Share, orientation: number): Share {
  if (orientation === 3) return { left: 1 - left - width, top: 1 - top - height, width, height }
  if (orientation === 6) return { left: 1 - top - height, top: left, width: height, height: width }
  if (orientation === 8) return { left: top, top: 1 - left - width, width: height, height: width }
  return { left, top, width, height }
}

/** A part of a part, as a part of the whole. */
export const within = (part: Share, of: Share): Share => ({
  left: of.left + part.left * of.width,
  top: of.top + part.top * of.height,
  width: part.width * of.width,
  height: part.height * of.height,
})

/** In pixels of a picture of this size, inside it and never empty. */
export function pixelsOf({ left, top, width, height }: Share, widthPx: number, heightPx: number) {
  const x = Math.min(widthPx - 1, Math.max(0, Math.round(left * widthPx)))
  const y = Math.min(heightPx - 1, Math.max(0, Math.round(top * heightPx)))
  return {
    left: x,
    top: y,
    width: Math.max(1, Math.min(widthPx - x, Math.round(width * widthPx))),
    height: Math.max(1, Math.min(heightPx - y, Math.round(height * heightPx))),
  }
}

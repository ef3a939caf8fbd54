import { publicRoot, releasedButton, shortAddresses } from './document-paths.ts'

/** How text is packed, the best first; the ending of its object, and its name in HTTP. */
export const encodings = [
  { ending: '.br', name: 'br' },
  { ending: '.gz', name: 'gzip' },
] as const

/** Formats of thumbnails, the smallest first; the last one is for everyone. */
export const pictureFormats = [
  { ending: '.avif', type: 'image/avif' },
  { ending: '.webp', type: 'image/webp' },
  { ending: '.jpg', type: 'image/jpeg' },
] as const

export type Wish = { readonly accept: string; readonly acceptEncoding: string }

/**
 * The path of the object that answers a request: the packed form or the picture format that this caller takes. Every edge decides so: the
 * local front door, the function in CloudFront, Varnish in the drills. Pure, and in the words that CloudFront's runtime has: nothing is
 * taken apart or spread here, and infra/edge/function-code.ts refuses what it would not understand.
 */
export function variantOf(path: string, wish: Wish): string {
  const known = fullPathOf(path)
  if (!known.startsWith(publicRoot)) return known
  if (known.startsWith(`${publicRoot}thumbnails/`)) {
    const wanted = pictureFormats.find((format) => takes(wish.accept, format.type))
    return known + (wanted === undefined ? '.jpg' : wanted.ending)
  }
  // Told every few seconds, also by a probe that can do no more than put one object: they lie there once, as they are.
  if (known.startsWith(`${publicRoot}status/`)) return known
  if (!/\.(json|html|css|js|svg)$/.test(known)) return known
  const packed = encodings.find((encoding) => takes(wish.acceptEncoding, encoding.name))
  return packed === undefined ? known : known + packed.ending
}

/** What a short address stands for; any other path is itself. */
export function fullPathOf(path: string): string {
  // Its own names only: every object knows `toString`.
  const known = (Object.keys(shortAddresses).includes(path) ? shortAddresses[path] : path) ?? path
  return known.replace(releasedButton, `${publicRoot}button/$1.js`)
}

/** Whether a list such as `gzip;q=0.5, br` names it and does not say `q=0`. Wildcards do not count: curl says them and means anything. */
function takes(list: string, name: string): boolean {
  return list
    .toLowerCase()
    .split(',')
    .some((part) => {
      const words = part.split(';').map((each) => each.trim())
      return words[0] === name && !words.some((each) => /^q=0(\.0*)?$/.test(each))
    })
}

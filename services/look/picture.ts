import type { Static } from 'typebox'
import type { PublishedThumbnail } from '#contracts/published/publication-document.ts'
import { h } from './h.ts'

type Props = {
  readonly picture: Static<typeof PublishedThumbnail>
  readonly cdnUrl: string
  /** Empty where the words beside it say it already. */
  readonly alt: string
  /** How wide it is shown, as in `sizes` of HTML. */
  readonly sizes: string
  readonly isLazy?: boolean
}

/** A published picture; it has its place before it has come. */
export const Picture = ({ picture, cdnUrl, alt, sizes, isLazy = true }: Props) =>
  h('img', {
    class: 'picture',
    src: pictureUrl(picture, cdnUrl),
    srcset: picture.sources.map(({ path, width_px }) => `${cdnUrl}${path} ${width_px}w`).join(', ') || undefined,
    sizes,
    width: picture.width_px,
    height: picture.height_px,
    alt,
    loading: isLazy ? 'lazy' : 'eager',
    decoding: 'async',
  })

/** The widest of a picture, or the narrowest that is at least `widthPx` wide. */
export function pictureUrl({ sources }: Props['picture'], cdnUrl: string, widthPx?: number): string {
  const fitting = widthPx === undefined ? undefined : sources.find(({ width_px }) => width_px >= widthPx)
  return `${cdnUrl}${(fitting ?? sources.at(-1))?.path ?? ''}`
}

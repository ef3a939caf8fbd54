import type { Metadata } from 'sharp'

/** Colours that a picture has in the print file: gray stays gray, inks stay inks, anything else becomes RGB. */
export function componentsOf({ space }: Pick<Metadata, 'space'>): 1 | 3 | 4 {
  if (space === 'b-w' || space === 'grey16') return 1
  return space === 'cmyk' ? 4 : 3
}

/** What the processor can open; a `zip` is an archive of pictures. */
export const formats = ['pdf', 'jpeg', 'png', 'tiff', 'webp', 'avif', 'gif', 'heic', 'zip'] as const
export type Format = (typeof formats)[number]

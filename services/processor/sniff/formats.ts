/** What the processor can open. */
export const formats = ['pdf', 'jpeg', 'png', 'tiff', 'webp', 'avif', 'gif'] as const
export type Format = (typeof formats)[number]

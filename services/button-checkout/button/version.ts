/** Of the button alone: raised with every change of its bytes, which then stand in docs/embed.md with their hash. */
export const buttonVersion = '1.0.0'

declare module 'subset-font' {
  /** The part used here; the package has no types of its own. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: 'truetype'; readonly variationAxes: { readonly wght: number } },
  ): Promise<Buffer>
}

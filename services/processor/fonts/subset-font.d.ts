declare module 'subset-font' {
  /** The part used here; the package has no types of its own. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: 'truetype'
      readonly keepFeatures: readonly string[]
      readonly dropTables: readonly string[]
    },
  ): Promise<Buffer>
}

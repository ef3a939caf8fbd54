declare module '@sealsystems/ipp' {
  type Values = Readonly<Record<string, unknown>>
  /** The part used here; the package has no types of its own. */
  type Message = {
    readonly version?: string
    readonly operation?: string
    readonly statusCode?: string
    readonly id: number
    readonly 'operation-attributes-tag'?: Values
    readonly 'job-attributes-tag'?: Values | readonly Values[]
    readonly 'printer-attributes-tag'?: Values
    readonly data?: Buffer
  }
  const ipp: { readonly parse: (bytes: Buffer) => Message; readonly serialize: (message: Message) => Buffer }
  export default ipp
}

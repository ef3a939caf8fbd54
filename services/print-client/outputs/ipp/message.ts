/** Value tags of RFC 8010, 3.5.2, as far as they are used here. */
export const valueTags = {
  unknown: 0x12,
  noValue: 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  rangeOfInteger: 0x33,
  collection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberName: 0x4a,
} as const

export const groupTags = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const

/** Operation ids of RFC 8011, 5.4.15. */
export const operations = {
  printJob: 0x0002,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
} as const

export type IppValue = number | boolean | string | readonly [number, number] | readonly IppAttribute[] | undefined
export type IppAttribute = { readonly name: string; readonly tag: number; readonly values: readonly IppValue[] }
export type IppGroup = { readonly tag: number; readonly attributes: readonly IppAttribute[] }

/** A request (`code` is its operation) or an answer (`code` is its status). */
export type IppMessage = { readonly code: number; readonly requestId: number; readonly groups: readonly IppGroup[] }

export const attribute = (name: string, tag: keyof typeof valueTags, ...values: readonly IppValue[]): IppAttribute => ({
  name,
  tag: valueTags[tag],
  values,
})

/** The values of an attribute by its name; none where it is not there. */
export const valuesOf = (group: Pick<IppGroup, 'attributes'> | undefined, name: string): readonly IppValue[] =>
  group?.attributes.find((each) => each.name === name)?.values ?? []

export const numberOf = (group: IppGroup | undefined, name: string): number | undefined =>
  valuesOf(group, name).find((value) => typeof value === 'number')

export const wordsOf = (group: IppGroup | undefined, name: string): readonly string[] =>
  valuesOf(group, name).filter((value) => typeof value === 'string')

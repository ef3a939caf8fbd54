/** What there is, by how it is rendered. The database holds the same list. */
export const documentKinds = [
  'catalogue',
  'prices',
  'offers',
  'facilities',
  'publication',
  'sale',
  'preview',
  'button',
  'page',
] as const

export type DocumentKind = (typeof documentKinds)[number]

/** Causes of PRINT-FACTS §5 that a shop may choose from; its own words may come behind them. */
export const failCauses = [
  'BookCorrupt',
  'CoverCorrupt',
  'CancelCoverSpine',
  'BookSize',
  'CoverSize',
  'PageCount',
  'UnknownFont',
  'InkjetCoverage',
  'InvalidAddress',
  'out_of_stock_media',
  'device_down',
  'capacity',
  'damaged_in_finishing',
  'misprint',
  'wrong_content',
  'lost',
  'MiscError',
] as const
export type FailCause = (typeof failCauses)[number]

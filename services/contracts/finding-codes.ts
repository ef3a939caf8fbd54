/** Stable codes of what preflight found, by what it means for the order. PRINT-FILES §6; documented in docs/errors.md. */
export const findingCodes = {
  fixed: [
    'ORIENTATION_APPLIED',
    'BOXES_SET',
    'BLEED_MIRRORED',
    'PAGE_SCALED',
    'PAGE_ROTATED',
    'PAGES_PADDED',
    'XREF_REPAIRED',
    'ENCRYPTION_REMOVED',
    'ANNOTATIONS_FLATTENED',
    'SCRIPTS_REMOVED',
    'FONT_EMBEDDED_STANDARD14',
    'PROFILE_ASSUMED_SRGB',
    'PROFILE_CONVERTED',
    'CONVERTED_TO_CMYK',
    'ALPHA_FLATTENED_WHITE',
    'DEPTH_16_TO_8',
    'IMAGE_DOWNSAMPLED',
    'METADATA_STRIPPED',
    'COVER_MADE',
  ],
  warn: [
    'RESOLUTION_LOW',
    'IMAGE_DAMAGED',
    'CROPPED_MORE_THAN',
    'MIXED_PAGE_SIZES',
    'PAGE_SHAPE_DIFFERS',
    'SPINE_WIDTH_DIFFERS',
    'FONT_SUBSTITUTED',
    'PAGE_RASTERISED',
    'TEXT_NEAR_TRIM',
    'TYPE_TOO_SMALL',
    'INK_COVERAGE_HIGH',
    'BLANK_PAGE',
    'TRANSPARENCY_PRESENT',
    'SPOT_COLOURS',
    'HDR_GAINMAP_DROPPED',
    'RENDERERS_DISAGREE',
    'FIRST_PICTURE_ONLY',
    'IMAGE_NOT_USED',
    'PAGE_SPLIT',
  ],
  reject: [
    'UNSUPPORTED_FORMAT',
    'CORRUPT_UNRECOVERABLE',
    'PASSWORD_REQUIRED',
    'TOO_LARGE',
    'RESOURCE_LIMIT',
    'PAGE_COUNT_OUT_OF_RANGE',
    'PAGE_COUNT_DIFFERS',
    'RESOLUTION_TOO_LOW',
    'ASPECT_MISMATCH',
    'EMPTY_DOCUMENT',
    'OUTPUT_VERIFICATION_FAILED',
    'PROCESSING_FAILED',
    'SOURCE_NOT_UPLOADED',
    'SOURCE_UNREACHABLE',
    'SOURCE_ADDRESS_FORBIDDEN',
    'SOURCE_MISMATCH',
  ],
} as const

export type FindingSeverity = keyof typeof findingCodes
export type FindingCode = (typeof findingCodes)[FindingSeverity][number]

/** How grave a code is: the list it stands in. */
export function severityOf(wanted: FindingCode): FindingSeverity {
  for (const severity of ['fixed', 'warn'] as const) {
    const known: readonly FindingCode[] = findingCodes[severity]
    if (known.includes(wanted)) return severity
  }
  return 'reject'
}

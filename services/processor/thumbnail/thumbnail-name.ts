/** A thumbnail in the job folder; the ending with its dot. */
export const thumbnailName = (widthPx: number, ending: string): string => `thumbnail-${widthPx}${ending}`

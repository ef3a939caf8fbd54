/** A picture in the job folder, of several by its place among them; the ending with its dot. */
export const thumbnailName = (place: number, widthPx: number, ending: string): string =>
  `thumbnail-${place}-${widthPx}${ending}`

/** Previews of one print file at most; of longer ones the first pages are shown. */
export const mostPreviews = 100

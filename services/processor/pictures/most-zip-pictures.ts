/** At most so many pictures in one archive: the pages of the thickest photo book. */
export const mostZipPictures = 300

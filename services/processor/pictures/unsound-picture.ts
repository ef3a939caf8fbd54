/** A picture that was taken for sound by its headers turned out to be damaged: the job has to look into its sources thoroughly. */
export class UnsoundPicture extends Error {
  override name = 'UnsoundPicture'
}

/** The address label, as a thing to be matched with the components of its job. */
export const labelPart = 'label'

/** The barcode of one thing of a job: a component, or its address label. That of the job itself is its id. */
export const partCode = (jobId: string, part: string): string => `${jobId}-${part}`

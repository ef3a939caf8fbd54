/** Names and addresses come from elsewhere: a terminal would obey what is written in them. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')

import type { MailWords } from './en.ts'

export const de: MailWords = {
  subject_confirmed: 'Ihre Bestellung: {title}',
  subject_shipped: 'Unterwegs: {title}',
  subject_cancelled: 'Storniert: {title}',
  subject_refused: 'Es tut uns leid: {title} kann nicht hergestellt werden',
  greeting: 'Guten Tag {name},',
  confirmed: 'Vielen Dank. Ihre Zahlung ist eingegangen, und dies wird jetzt für Sie hergestellt:',
  delayed:
    'Die Weitergabe Ihrer Bestellung dauert im Moment länger als üblich. Wir holen das so bald wie möglich nach; Sie müssen nichts tun.',
  file_later: '{seller} schickt als Nächstes die Datei dazu. Der Druck beginnt, sobald sie da ist.',
  copies: '{quantity} × {product}',
  total: 'Gesamt',
  tax: 'davon Steuer',
  expected: 'Voraussichtlich',
  goes_to: 'Geht an',
  see_order: 'Bestellung ansehen',
  yours_alone: 'Behalten Sie diesen Link für sich: Wer ihn hat, kann die Bestellung sehen und ändern.',
  shipped_one: 'Ihr Paket ist zu Ihnen unterwegs:',
  shipped_many: 'Ihre Pakete sind zu Ihnen unterwegs:',
  parcel: '{carrier}, {number} ({quantity} ×)',
  track: 'Paket verfolgen',
  rest_follows: 'Der Rest folgt in einem weiteren Paket. Wir schreiben wieder, wenn es abgeht.',
  cancelled: 'Diese Bestellung ist storniert und wird nicht hergestellt:',
  refund:
    '{amount} gehen auf dem Weg an Sie zurück, auf dem Sie bezahlt haben. Ihre Bank braucht dafür vielleicht einige Tage.',
  refused: 'Es tut uns leid. Diese Bestellung kann nicht hergestellt werden:',
  refused_after: 'Ihnen entsteht kein Verlust, und Sie müssen nichts tun.',
  questions: 'Fragen? Antworten Sie einfach auf diese Mail.',
  test: 'Dies ist ein Test: Es wurde kein Geld genommen, und nichts wird gedruckt.',
}

import type { MailWords } from './en.ts'

export const fr: MailWords = {
  subject_confirmed: 'Votre commande : {title}',
  subject_shipped: 'En route : {title}',
  subject_cancelled: 'Annulée : {title}',
  subject_refused: 'Nous sommes désolés : {title} ne peut pas être fabriqué',
  greeting: 'Bonjour {name},',
  confirmed: 'Merci. Votre paiement est arrivé, et ceci est maintenant fabriqué pour vous :',
  delayed:
    'La transmission de votre commande prend en ce moment plus de temps que d’habitude. Nous le ferons dès que possible ; vous n’avez rien à faire.',
  file_later: '{seller} envoie maintenant le fichier. L’impression commence dès qu’il est arrivé.',
  copies: '{quantity} × {product}',
  total: 'Total',
  tax: 'dont taxes',
  expected: 'Livraison prévue',
  goes_to: 'Adresse',
  see_order: 'Voir votre commande',
  yours_alone: 'Gardez ce lien pour vous : toute personne qui le possède peut voir et modifier la commande.',
  shipped_one: 'Votre colis est en route :',
  shipped_many: 'Vos colis sont en route :',
  parcel: '{carrier}, {number} ({quantity} ×)',
  track: 'Suivre ce colis',
  rest_follows: 'Le reste suit dans un autre colis. Nous vous écrirons à son départ.',
  cancelled: 'Cette commande est annulée et ne sera pas fabriquée :',
  refund:
    '{amount} vous sont remboursés par le moyen de paiement utilisé. Votre banque peut avoir besoin de quelques jours.',
  refused: 'Nous sommes désolés. Cette commande ne peut pas être fabriquée :',
  refused_after: 'Vous n’avez rien perdu et vous n’avez rien à faire.',
  questions: 'Des questions ? Répondez simplement à ce message.',
  test: 'Ceci est un test : rien n’a été débité et rien n’est imprimé.',
}

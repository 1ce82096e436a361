/** Words that people write around the name of a field for those who fill it in, and that name nothing themselves. */
export const LABEL_WORDS: readonly string[] = [
  // Whose it is.
  ...'your my tu tus su sus mi vuestro twoj twoja twoje panstwa moj moja moje'.split(' '),
  ...'ihr ihre ihren ihrer dein deine deinen deiner mein meine'.split(' '),
  // Whether it is needed.
  ...'optional required mandatory opcional obligatorio obligatoria requerido'.split(' '),
  ...'opcjonalnie opcjonalne opcjonalny opcjonalna nieobowiazkowe nieobowiazkowy'.split(' '),
  ...'wymagane wymagany wymagana obowiazkowe pflichtfeld erforderlich freiwillig'.split(' '),
  // What to do.
  ...'please enter provide podaj wpisz prosze podac wpisac bitte eingeben angeben'.split(' '),
  ...'geben sie ein introduce introduzca escribe escriba indica indique por favor'.split(' ')
]

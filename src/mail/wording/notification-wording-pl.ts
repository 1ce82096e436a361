import type { NotificationWording } from './notification-terms.ts'

export const polish: NotificationWording = {
  intros: {
    takenBackLead: '{dealer}: cofnięto przypisanie leada do Ciebie.',
    offerEnding: '{dealer}: proponujemy Ci przejęcie leada. Propozycja wkrótce wygaśnie.',
    plannedActivity: '{dealer}: inna osoba zaplanowała dla Ciebie zadanie.',
    movedActivity: '{dealer}: Twoje zaplanowane zadanie nie należy już do Ciebie.',
    cancelledActivity: '{dealer}: odwołano Twoje zaplanowane zadanie.',
    movedLead: '{dealer}: Twój lead przypisano innym osobom.',
    newClient: '{dealer}: odpowiadasz teraz za klienta.',
    movedClient:
      '{dealer}: klient, który należał do Ciebie, ma teraz innego odpowiedzialnego użytkownika albo nie ma żadnego.',
    leadSale: '{dealer}: zapisano lub anulowano sprzedaż Twojego leada.',
    reminder: '{dealer}: masz przypomnienie.',
    overdue: '{dealer}: minął termin zaplanowanego zadania.',
    responseWarning: '{dealer}: wkrótce minie termin odpowiedzi na lead.',
    responseOverdue: '{dealer}: minął termin odpowiedzi na lead.',
    quietSource:
      '{dealer}: źródło przysyła mniej leadów niż zwykle. Sprawdź, czy jego leady nadal docierają.',
    openLeads:
      '{dealer}: dezaktywowano użytkownika. Jego sprawy potrzebują innego opiekuna. Propozycje i prośby, które czekały na jego odpowiedź, zakończyły się.',
    pendingPromoter:
      '{dealer}: nowa osoba chce polecać i czeka na zatwierdzenie. Zatwierdź lub odrzuć zgłoszenie.',
    promoterResponse:
      '{dealer}: Twój polecający został zatwierdzony lub odrzucony albo przyjął zaproszenie.',
    failedMail:
      '{dealer}: wiadomość e-mail nie dotarła i nie będzie ponawiana. Sprawdź adres i wyślij ją ponownie.'
  },
  sections: {
    activity: 'Zadanie',
    response: 'Termin odpowiedzi',
    offer: 'Propozycja',
    source: 'Źródło',
    user: 'Użytkownik',
    leads: 'Otwarte leady',
    movedLeads: 'Leady',
    promoter: 'Polecający',
    mail: 'Wiadomość e-mail',
    lead: 'Lead'
  },
  rows: {
    type: 'Rodzaj',
    plannedBy: 'Zaplanowane przez',
    nowWith: 'Teraz u',
    dueAt: 'Termin',
    text: 'Treść',
    sale: 'Sprzedaż',
    client: 'Klient',
    respondBy: 'Odpowiedź do',
    assignee: 'Przypisano do',
    queue: 'Kolejka',
    from: 'Od',
    message: 'Wiadomość',
    expiresAt: 'Odpowiedź do',
    source: 'Źródło',
    lastLeadAt: 'Ostatni lead',
    user: 'Nazwa',
    openLeads: 'Otwarte leady',
    plannedActivities: 'Zaplanowane zadania',
    clients: 'Klienci',
    openOpportunities: 'Otwarte szanse sprzedaży',
    email: 'E-mail',
    phone: 'Telefon',
    promoterUser: 'Zgłoszony przez',
    promoterState: 'Stan',
    recipient: 'Odbiorca',
    told: 'Dotyczy',
    failedAt: 'Niepowodzenie',
    reason: 'Powód',
    more: 'Więcej'
  },
  saleStates: { recorded: 'Zapisana', cancelled: 'Anulowana' },
  openClient: 'Otwórz klienta',
  openLastLead: 'Otwórz ostatni lead',
  openPromoter: 'Otwórz polecającego',
  openWork: 'Otwórz listę',
  promoterStates: {
    invited: 'Zaproszony',
    pending: 'Czeka na zatwierdzenie',
    active: 'Aktywny',
    removed: 'Usunięty'
  },
  otherMails: {
    digest_mail: 'Codzienne podsumowanie',
    dealer_mail: 'Nowy lead',
    test_mail: 'Lead testowy',
    dealer_adf: 'Lead dla CRM (ADF)'
  },
  digest: {
    subject: 'Twój dzień ({count})',
    intro: '{dealer}: oto, co wydarzyło się od ostatniego podsumowania.',
    more: 'Dalsze powiadomienia',
    count: 'Liczba'
  }
}

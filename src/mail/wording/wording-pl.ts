import type { Wording } from './wording-terms.ts'

export const polish: Wording = {
  subjects: {
    assignee: 'Nowy lead dla Ciebie',
    resent: 'Ta sama osoba napisała ponownie',
    queue: 'Nowy lead bez opiekuna',
    dealer: 'Nowy lead',
    promoter: 'Zgłoszenie z Twojego polecenia',
    responsible: 'Nowy lead od Twojego klienta',
    test: 'Nowy lead'
  },
  prefixes: { test: '[Test]', duplicate: '[Ponownie]' },
  intros: {
    assignee: '{dealer}: przypisano Ci nowy lead.',
    resent: '{dealer}: osoba z przypisanego Ci leada wysłała go ponownie, z nowymi informacjami.',
    queue: '{dealer}: nowy lead czeka na przydział.',
    dealer: '{dealer}: wpłynął nowy lead.',
    promoter: '{dealer}: wpłynęło zgłoszenie z Twojego linku polecającego. Dziękujemy!',
    responsible: '{dealer}: lead został powiązany z klientem, którego prowadzisz.',
    test: '{dealer}: wpłynął lead testowy.'
  },
  duplicateNote: 'Ta sama osoba niedawno pytała o ten sam pojazd.',
  testNote: 'To jest test: żaden klient nie czeka na odpowiedź.',
  nameless: 'bez nazwiska',
  openLead: 'Otwórz lead',
  unsubscribe: 'Nie chcę więcej automatycznych wiadomości',
  footer: 'Wiadomość wysłano automatycznie w imieniu firmy {dealer}.',
  adfAttached: 'Lead znajduje się w załączniku do tej wiadomości jako dokument ADF.',
  yes: 'Tak',
  no: 'Nie',
  sections: {
    referral: 'Polecenie',
    lead: 'Lead',
    contact: 'Dane kontaktowe',
    message: 'Wiadomość',
    vehicle: 'Pojazd',
    timeframe: 'Termin',
    prequalification: 'Dane do finansowania',
    consent: 'Zgoda',
    attribution: 'Skąd przyszło zgłoszenie',
    customFields: 'Pola dodatkowe',
    news: 'Co nowego',
    vendor: 'Adresat',
    provider: 'Nadawca',
    unmapped: 'Inne informacje z dokumentu'
  },
  lead: {
    id: 'Identyfikator leada',
    receivedAt: 'Otrzymano',
    submittedAt: 'Wysłano',
    type: 'Rodzaj',
    source: 'Źródło',
    status: 'Status',
    assignee: 'Przypisano do',
    queue: 'Kolejka',
    promoter: 'Polecający',
    referralCode: 'Kod polecenia',
    temperature: 'Temperatura',
    externalId: 'Identyfikator nadawcy',
    reference: 'Numer referencyjny',
    vehicles: 'Pojazdy',
    who: 'Kto',
    isTest: 'Test',
    isDuplicate: 'Ponowne zapytanie'
  },
  contact: {
    name: 'Imię i nazwisko',
    fullName: 'Pełna nazwa',
    companyName: 'Firma',
    mainEmail: 'E-mail',
    otherEmail: 'Inny e-mail',
    mainPhone: 'Telefon',
    otherPhone: 'Inny telefon',
    preferredChannel: 'Preferowany kontakt',
    preferredTime: 'Preferowana pora',
    language: 'Język',
    address: 'Adres'
  },
  vehicle: {
    interest: 'Cel',
    condition: 'Nowy czy używany',
    year: 'Rok',
    make: 'Marka',
    model: 'Model',
    trim: 'Wersja',
    vin: 'VIN',
    plate: 'Numer rejestracyjny',
    stockNumber: 'Numer magazynowy',
    doors: 'Liczba drzwi',
    bodyStyle: 'Nadwozie',
    transmission: 'Skrzynia biegów',
    odometer: 'Przebieg',
    state: 'Stan',
    image: 'Zdjęcie',
    price: 'Cena',
    priceComments: 'Uwagi do ceny',
    comments: 'Uwagi',
    reference: 'Numer referencyjny',
    color: 'Kolor',
    option: 'Wyposażenie'
  },
  color: { exterior: 'nadwozie', interior: 'wnętrze', preference: 'preferencja' },
  option: {
    manufacturerCode: 'kod producenta',
    stockNumber: 'numer magazynowy',
    weighting: 'ważność'
  },
  finance: {
    method: 'Forma płatności',
    total: 'Kwota łączna',
    downpayment: 'Wpłata własna',
    monthly: 'Rata miesięczna',
    balance: 'Pozostało do spłaty'
  },
  timeframe: { description: 'Kiedy', earliest: 'Najwcześniej', latest: 'Najpóźniej' },
  prequalification: {
    employmentStatus: 'Zatrudnienie',
    employer: 'Pracodawca',
    jobTitle: 'Stanowisko',
    employedSince: 'Zatrudnienie od',
    income: 'Dochód',
    incomePeriod: 'Okres dochodu',
    otherIncome: 'Inne dochody',
    housingStatus: 'Sytuacja mieszkaniowa',
    housingCost: 'Koszt mieszkania',
    creditEstimate: 'Wiarygodność kredytowa (własna ocena)',
    downPayment: 'Wpłata własna',
    monthlyBudget: 'Budżet miesięczny',
    timeframe: 'Termin',
    hasTradeIn: 'Pojazd w rozliczeniu',
    creditCheckConsent: 'Zgoda na sprawdzenie zdolności kredytowej'
  },
  consent: {
    purpose: 'Cel',
    channel: 'Kanał',
    granted: 'Udzielona',
    text: 'Treść',
    textVersion: 'Wersja treści',
    language: 'Język',
    page: 'Strona',
    ip: 'Adres IP',
    givenAt: 'Kiedy',
    proofUrl: 'Dowód'
  },
  party: {
    name: 'Nazwa',
    service: 'Usługa',
    url: 'Strona internetowa',
    email: 'E-mail',
    phone: 'Telefon',
    reference: 'Numer referencyjny'
  },
  notValid: 'nie udało się zweryfikować',
  givenAs: 'podano jako',
  financeInSystem: 'Danych do finansowania nie wysyłamy e-mailem. Można je zobaczyć w systemie.',
  bestTime: 'najlepsza pora',
  attribution: {
    landingPage: 'Strona wejścia',
    referrer: 'Strona odsyłająca',
    utmSource: 'Źródło kampanii',
    utmMedium: 'Medium kampanii',
    utmCampaign: 'Kampania',
    utmTerm: 'Hasło kampanii',
    utmContent: 'Treść kampanii',
    gclid: 'Identyfikator kliknięcia Google',
    fbclid: 'Identyfikator kliknięcia Facebooka'
  },
  types: { inquiry: 'Zapytanie', prequalification: 'Wstępna ocena zdolności kredytowej' },
  temperatures: {
    hot: 'Gorący',
    warm: 'Ciepły',
    cold: 'Zimny'
  },
  interests: {
    buy: 'Zakup',
    lease: 'Leasing',
    sell: 'Sprzedaż',
    'trade-in': 'Pozostawienie w rozliczeniu',
    'test-drive': 'Jazda próbna'
  },
  conditions: { new: 'Nowy', used: 'Używany' },
  vehicleStates: {
    excellent: 'Doskonały',
    good: 'Dobry',
    fair: 'Dostateczny',
    poor: 'Zły',
    unknown: 'Nieznany'
  },
  financeMethods: {
    cash: 'Gotówka',
    finance: 'Kredyt',
    lease: 'Leasing'
  },
  phoneTypes: {
    voice: 'telefon',
    mobile: 'komórkowy',
    work: 'służbowy',
    home: 'domowy',
    fax: 'faks',
    pager: 'pager',
    other: 'inny'
  },
  channels: {
    email: 'E-mail',
    phone: 'Telefon',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    post: 'Poczta tradycyjna'
  },
  times: {
    morning: 'rano',
    afternoon: 'po południu',
    evening: 'wieczorem',
    day: 'w ciągu dnia',
    nopreference: 'o dowolnej porze'
  },
  addressTypes: { work: 'służbowy', home: 'domowy', delivery: 'do dostawy' },
  odometerStates: {
    unknown: 'stan licznika niepewny',
    rolledover: 'licznik przekroczył zakres',
    replaced: 'licznik wymieniony',
    original: 'licznik oryginalny'
  },
  priceTypes: {
    quote: 'wycena',
    offer: 'oferta',
    msrp: 'cena katalogowa',
    invoice: 'cena z faktury',
    call: 'cena na zapytanie',
    appraisal: 'wycena rzeczoznawcy',
    asking: 'cena oczekiwana'
  },
  priceDeltas: { absolute: 'kwota stała', relative: 'różnica', percentage: 'procent' },
  priceBases: {
    msrp: 'względem ceny katalogowej',
    invoice: 'względem ceny z faktury'
  },
  financeLimits: { maximum: 'najwyżej', minimum: 'co najmniej', exact: 'dokładnie' },
  balanceTypes: { finance: 'kredyt', residual: 'wartość rezydualna' },
  incomePeriods: {
    hour: 'za godzinę',
    week: 'tygodniowo',
    fortnight: 'co dwa tygodnie',
    month: 'miesięcznie',
    year: 'rocznie'
  },
  vehicleCount: {
    one: '{count} pojazd',
    few: '{count} pojazdy',
    many: '{count} pojazdów',
    other: '{count} pojazdu'
  }
}

import type { Wording } from './wording-terms.ts'

export const spanish: Wording = {
  subjects: {
    assignee: 'Nuevo lead para usted',
    resent: 'La misma persona ha vuelto a escribir',
    queue: 'Nuevo lead sin asignar',
    dealer: 'Nuevo lead',
    promoter: 'Su recomendación ha llegado',
    responsible: 'Nuevo lead de su cliente',
    test: 'Nuevo lead'
  },
  prefixes: { test: '[Prueba]', duplicate: '[Repetido]' },
  intros: {
    assignee: 'Se le ha asignado un nuevo lead en {dealer}.',
    resent:
      'La persona de un lead asignado a usted en {dealer} lo ha enviado otra vez, con información nueva.',
    queue: 'En {dealer}, un nuevo lead espera a que alguien se lo asigne.',
    dealer: 'Ha llegado un nuevo lead a {dealer}.',
    promoter:
      'Alguien se ha puesto en contacto con {dealer} a través de su enlace de recomendación. ¡Gracias!',
    responsible: 'Se ha vinculado un lead a un cliente que usted lleva en {dealer}.',
    test: 'Ha llegado un lead de prueba a {dealer}.'
  },
  duplicateNote: 'La misma persona ha preguntado hace poco por el mismo vehículo.',
  testNote: 'Es una prueba: ningún cliente está esperando respuesta.',
  nameless: 'sin nombre',
  openLead: 'Abrir el lead',
  unsubscribe: 'No recibir más correos automáticos',
  footer: 'Este mensaje se ha enviado automáticamente en nombre de {dealer}.',
  adfAttached: 'El lead va adjunto a este mensaje como documento ADF.',
  yes: 'Sí',
  no: 'No',
  sections: {
    referral: 'Recomendación',
    lead: 'Lead',
    contact: 'Contacto',
    message: 'Mensaje',
    vehicle: 'Vehículo',
    timeframe: 'Plazo',
    prequalification: 'Datos de financiación',
    consent: 'Consentimiento',
    attribution: 'Cómo ha llegado',
    customFields: 'Campos adicionales',
    news: 'Novedades',
    vendor: 'Dirigido a',
    provider: 'Enviado por',
    unmapped: 'Otra información del documento'
  },
  lead: {
    id: 'ID del lead',
    receivedAt: 'Recibido',
    submittedAt: 'Enviado',
    type: 'Tipo',
    source: 'Origen',
    status: 'Estado',
    assignee: 'Asignado a',
    queue: 'Cola',
    promoter: 'Promotor',
    referralCode: 'Código de recomendación',
    temperature: 'Temperatura',
    externalId: 'ID del remitente',
    reference: 'Referencia',
    vehicles: 'Vehículos',
    who: 'Quién',
    isTest: 'Prueba',
    isDuplicate: 'Solicitud repetida'
  },
  contact: {
    name: 'Nombre',
    fullName: 'Nombre completo',
    companyName: 'Empresa',
    mainEmail: 'Correo electrónico',
    otherEmail: 'Otro correo electrónico',
    mainPhone: 'Teléfono',
    otherPhone: 'Otro teléfono',
    preferredChannel: 'Contacto preferido',
    preferredTime: 'Horario preferido',
    language: 'Idioma',
    address: 'Dirección'
  },
  vehicle: {
    interest: 'Interés',
    condition: 'Nuevo o usado',
    year: 'Año',
    make: 'Marca',
    model: 'Modelo',
    trim: 'Versión',
    vin: 'Número de bastidor (VIN)',
    plate: 'Matrícula',
    stockNumber: 'Número de stock',
    doors: 'Puertas',
    bodyStyle: 'Carrocería',
    transmission: 'Cambio',
    odometer: 'Kilometraje',
    state: 'Estado',
    image: 'Imagen',
    price: 'Precio',
    priceComments: 'Sobre el precio',
    comments: 'Comentarios',
    reference: 'Referencia',
    color: 'Color',
    option: 'Opción'
  },
  color: { exterior: 'exterior', interior: 'interior', preference: 'preferencia' },
  option: {
    manufacturerCode: 'código del fabricante',
    stockNumber: 'número de stock',
    weighting: 'importancia'
  },
  finance: {
    method: 'Forma de pago',
    total: 'Importe total',
    downpayment: 'Entrada',
    monthly: 'Cuota mensual',
    balance: 'Pendiente de pago'
  },
  timeframe: { description: 'Cuándo', earliest: 'Desde', latest: 'Hasta' },
  prequalification: {
    employmentStatus: 'Situación laboral',
    employer: 'Empresa',
    jobTitle: 'Puesto',
    employedSince: 'Empleado desde',
    income: 'Ingresos',
    incomePeriod: 'Periodo de los ingresos',
    otherIncome: 'Otros ingresos',
    housingStatus: 'Vivienda',
    housingCost: 'Coste de la vivienda',
    creditEstimate: 'Historial crediticio (según el cliente)',
    downPayment: 'Entrada',
    monthlyBudget: 'Presupuesto mensual',
    timeframe: 'Plazo',
    hasTradeIn: 'Entrega un vehículo a cuenta',
    creditCheckConsent: 'Autoriza la consulta de solvencia'
  },
  consent: {
    purpose: 'Finalidad',
    channel: 'Canal',
    granted: 'Otorgado',
    text: 'Texto',
    textVersion: 'Versión del texto',
    language: 'Idioma',
    page: 'Página',
    ip: 'Dirección IP',
    givenAt: 'Momento',
    proofUrl: 'Prueba'
  },
  party: {
    name: 'Nombre',
    service: 'Servicio',
    url: 'Sitio web',
    email: 'Correo electrónico',
    phone: 'Teléfono',
    reference: 'Referencia'
  },
  notValid: 'no se ha podido verificar',
  givenAs: 'indicado como',
  financeInSystem:
    'Los datos de financiación no se envían por correo. Puede consultarlos en el sistema.',
  bestTime: 'mejor horario',
  attribution: {
    landingPage: 'Página de entrada',
    referrer: 'Página de procedencia',
    utmSource: 'Fuente de la campaña',
    utmMedium: 'Medio de la campaña',
    utmCampaign: 'Campaña',
    utmTerm: 'Término de la campaña',
    utmContent: 'Contenido de la campaña',
    gclid: 'ID de clic de Google',
    fbclid: 'ID de clic de Facebook'
  },
  types: { inquiry: 'Consulta', prequalification: 'Precalificación' },
  temperatures: {
    hot: 'Caliente',
    warm: 'Templado',
    cold: 'Frío'
  },
  interests: {
    buy: 'Compra',
    lease: 'Leasing',
    sell: 'Venta',
    'trade-in': 'Entrega a cuenta',
    'test-drive': 'Prueba de conducción'
  },
  conditions: { new: 'Nuevo', used: 'Usado' },
  vehicleStates: {
    excellent: 'Excelente',
    good: 'Bueno',
    fair: 'Aceptable',
    poor: 'Malo',
    unknown: 'Desconocido'
  },
  financeMethods: {
    cash: 'Al contado',
    finance: 'Financiación',
    lease: 'Leasing'
  },
  phoneTypes: {
    voice: 'teléfono',
    mobile: 'móvil',
    work: 'trabajo',
    home: 'casa',
    fax: 'fax',
    pager: 'buscapersonas',
    other: 'otro'
  },
  channels: {
    email: 'Correo electrónico',
    phone: 'Teléfono',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    post: 'Correo postal'
  },
  times: {
    morning: 'por la mañana',
    afternoon: 'por la tarde',
    evening: 'por la noche',
    day: 'durante el día',
    nopreference: 'a cualquier hora'
  },
  addressTypes: { work: 'trabajo', home: 'casa', delivery: 'entrega' },
  odometerStates: {
    unknown: 'lectura dudosa',
    rolledover: 'ha dado la vuelta',
    replaced: 'cuentakilómetros sustituido',
    original: 'cuentakilómetros original'
  },
  priceTypes: {
    quote: 'presupuesto',
    offer: 'oferta',
    msrp: 'PVP recomendado',
    invoice: 'factura',
    call: 'a consultar',
    appraisal: 'tasación',
    asking: 'precio solicitado'
  },
  priceDeltas: { absolute: 'importe fijo', relative: 'diferencia', percentage: 'porcentaje' },
  priceBases: {
    msrp: 'respecto al PVP recomendado',
    invoice: 'respecto al precio de factura'
  },
  financeLimits: { maximum: 'como máximo', minimum: 'como mínimo', exact: 'exactamente' },
  balanceTypes: { finance: 'préstamo', residual: 'valor residual' },
  incomePeriods: {
    hour: 'por hora',
    week: 'por semana',
    fortnight: 'cada dos semanas',
    month: 'al mes',
    year: 'al año'
  },
  vehicleCount: { one: '{count} vehículo', other: '{count} vehículos' }
}

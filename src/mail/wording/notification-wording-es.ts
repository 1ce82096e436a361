import type { NotificationWording } from './notification-terms.ts'

export const spanish: NotificationWording = {
  intros: {
    takenBackLead: 'Se ha deshecho la asignación de un lead a usted en {dealer}.',
    offerEnding: 'En {dealer} le ofrecen un lead. La oferta está a punto de caducar.',
    plannedActivity: 'Una persona de {dealer} le ha planificado una actividad.',
    movedActivity: 'Una actividad planificada en {dealer} ya no es suya.',
    cancelledActivity: 'Se ha cancelado una actividad que usted tenía planificada en {dealer}.',
    movedLead: 'En {dealer} se ha asignado a otros un lead suyo.',
    newClient: 'Ahora es usted responsable de un cliente de {dealer}.',
    movedClient: 'Un cliente de {dealer} que era suyo tiene ahora otro responsable o ninguno.',
    leadSale: 'En {dealer} se ha registrado o anulado la venta de un lead suyo.',
    reminder: 'Tiene un recordatorio en {dealer}.',
    overdue: 'Una actividad planificada en {dealer} está vencida.',
    responseWarning: 'El plazo de respuesta de un lead de {dealer} está a punto de terminar.',
    responseOverdue: 'El plazo de respuesta de un lead de {dealer} ha terminado.',
    quietSource:
      'Un origen de {dealer} envía menos leads de lo habitual. Compruebe que sus leads siguen llegando.',
    openLeads:
      'Se ha desactivado un usuario de {dealer}. Su trabajo necesita otro usuario. Las ofertas y peticiones que esperaban su respuesta han terminado.',
    pendingPromoter:
      'Una persona quiere recomendar {dealer} y espera aprobación. Apruebe o rechace al promotor.',
    promoterResponse:
      'Un promotor suyo en {dealer} ha sido aprobado o rechazado, o ha aceptado la invitación.',
    failedMail:
      'Un correo de {dealer} no ha llegado y no se volverá a intentar. Compruebe la dirección y envíelo de nuevo.'
  },
  sections: {
    activity: 'Actividad',
    response: 'Plazo de respuesta',
    offer: 'Oferta',
    source: 'Origen',
    user: 'Usuario',
    leads: 'Leads abiertos',
    movedLeads: 'Leads',
    promoter: 'Promotor',
    mail: 'Correo',
    lead: 'Lead'
  },
  rows: {
    type: 'Tipo',
    plannedBy: 'Planificada por',
    nowWith: 'Ahora con',
    dueAt: 'Previsto para',
    text: 'Texto',
    sale: 'Venta',
    client: 'Cliente',
    respondBy: 'Responder antes de',
    assignee: 'Asignado a',
    queue: 'Cola',
    from: 'De',
    message: 'Mensaje',
    expiresAt: 'Responder antes de',
    source: 'Origen',
    lastLeadAt: 'Último lead',
    user: 'Nombre',
    openLeads: 'Leads abiertos',
    plannedActivities: 'Actividades planificadas',
    clients: 'Clientes',
    openOpportunities: 'Oportunidades abiertas',
    email: 'Correo',
    phone: 'Teléfono',
    promoterUser: 'Registrado con',
    promoterState: 'Estado',
    recipient: 'Destinatario',
    told: 'Trata de',
    failedAt: 'Falló',
    reason: 'Motivo',
    more: 'Más'
  },
  saleStates: { recorded: 'Registrada', cancelled: 'Anulada' },
  openClient: 'Abrir el cliente',
  openLastLead: 'Abrir el último lead',
  openPromoter: 'Abrir el promotor',
  openWork: 'Abrir la lista',
  promoterStates: {
    invited: 'Invitado',
    pending: 'Pendiente de aprobación',
    active: 'Activo',
    removed: 'Retirado'
  },
  otherMails: {
    digest_mail: 'El resumen diario',
    dealer_mail: 'Un lead nuevo',
    test_mail: 'Un lead de prueba',
    dealer_adf: 'Un lead para el CRM (ADF)'
  },
  digest: {
    subject: 'Su día ({count})',
    intro: 'Esto ha ocurrido en {dealer} desde el último resumen.',
    more: 'Otros avisos',
    count: 'Número'
  }
}

# Where a campaign stands, in a word.
campaigns-state-draft = Borrador
campaigns-state-scheduled = Programada
campaigns-state-preparing = En preparación
campaigns-state-sending = Enviándose
campaigns-state-paused = Pausada
campaigns-state-finished = Terminada
campaigns-state-cancelled = Cancelada
campaigns-progress = { $sent } de { $total } aceptados

# Recipients by what became of them: over figures, and in charts.
campaigns-figure-accepted = Aceptados
campaigns-figure-opened = Aperturas
campaigns-figure-clicked = Clics
campaigns-figure-unsubscribed = Bajas
campaigns-figure-failed = Fallidos
campaigns-figure-queued = En cola
campaigns-figure-deferred = Aplazados
campaigns-figure-left-out = Excluidos
campaigns-figure-in-doubt = En duda

# The list.
campaigns-title = Campañas
campaigns-note = Un mensaje para una o varias listas.
campaigns-campaign = Campaña
campaigns-state = Estado
campaigns-made = Creada
campaigns-new = Una campaña nueva
campaigns-new-example = Novedades de noviembre
campaigns-write = Escribirla
campaigns-empty = Todavía no hay campañas
campaigns-empty-text = Póngale nombre a una aquí arriba. No se envía nada antes de que la haya revisado.
campaigns-role-reads-none = Su rol no permite ver las campañas. Un propietario o administrador puede cambiarlo.

# The editor.
campaigns-saving = Guardando…
campaigns-not-saved = Sin guardar
campaigns-to-review = Revisar
campaigns-message = Mensaje
campaigns-name-hint = Solo se ve aquí.
campaigns-subject = Asunto
campaigns-preheader = Preencabezado
campaigns-preheader-hint = La línea que las bandejas de entrada muestran después del asunto.
campaigns-html = HTML
campaigns-html-hint = Marcadores: {"{{ contact.first_name | default(\"cliente\") }}"}, {"{{ unsubscribe_url }}"}, {"{{ view_url }}"}
campaigns-own-text = Escribir la versión de texto sin formato a mano
campaigns-own-text-hint = Si no, se genera a partir del HTML.
campaigns-plain-text = Texto sin formato
campaigns-sender = Remitente
campaigns-no-domain = Todavía no hay ningún dominio verificado: no se puede enviar nada. { $link }
campaigns-to-domains = Ir a los dominios
campaigns-sender-address = Dirección
campaigns-sender-domain = Dominio
campaigns-choose-domain = Elegir un dominio verificado
campaigns-reply-to = Las respuestas van a
campaigns-reply-to-hint = Vacío: al remitente.
campaigns-recipients = Destinatarios
campaigns-lists = Listas
campaigns-no-lists = Todavía no hay listas. { $link }
campaigns-segments = Segmentos
campaigns-no-segments = Todavía no hay segmentos. { $link }
campaigns-make-list = Crear una
campaigns-make-segment = Crear uno
campaigns-who-gets-it = Quien esté en una lista o en un segmento lo recibe una sola vez. Los segmentos se consultan cuando empieza la campaña.
campaigns-tracking = Seguimiento
campaigns-track-opens = Aperturas
campaigns-track-opens-hint = Un píxel; los programas de correo que cargan las imágenes por sus usuarios cuentan como apertura.
campaigns-track-clicks = Clics
campaigns-track-clicks-hint = Los enlaces pasan por este servidor.
campaigns-preview = Vista previa
campaigns-preview-desktop = Ordenador
campaigns-preview-phone = Móvil
campaigns-preview-text = Texto
campaigns-preview-frame = El mensaje tal como lo ve el primer destinatario
campaigns-delete-title = ¿Eliminar este borrador?
campaigns-delete-text = No se podrá recuperar.
campaigns-delete-yes = Eliminar el borrador
# What is wrong in a template, and where.
campaigns-problem = { $field }: { $message }
campaigns-problem-line = { $field }, línea { $line }: { $message }
campaigns-field-subject = asunto
campaigns-field-preheader = preencabezado
campaigns-field-text = texto

# The review.
campaigns-review-title = Revisión: { $name }
campaigns-back-to-writing = Volver a la redacción
campaigns-can-it-be-sent = ¿Se puede enviar?
campaigns-nothing-stops-it = Nada lo impide.
campaigns-stops =
    { $count ->
        [one] { $count } cosa lo impide:
       *[other] { $count } cosas lo impiden:
    }
campaigns-from = De
campaigns-audience = { $count } en las listas y los segmentos; quienes cancelaron la suscripción quedan excluidos
campaigns-size = Tamaño
campaigns-test = Prueba
campaigns-test-to = Enviar una prueba a
campaigns-test-to-hint = Hasta cinco direcciones, separadas por comas.
campaigns-test-send = Enviar la prueba
campaigns-test-waiting = En camino…
campaigns-test-result = { $email }: { $reply }
campaigns-send = Enviar
campaigns-send-now = Enviar ahora
campaigns-send-at = O en el momento que elija
campaigns-schedule = Programar
campaigns-choose-time = Elija un día y una hora.
campaigns-send-title = ¿Enviarla ahora?
campaigns-send-text =
    { $count ->
        [one] { $count } contacto recibirá un mensaje de { $sender }. Lo que ya ha salido no se puede recuperar.
       *[other] { $count } contactos recibirán un mensaje de { $sender }. Lo que ya ha salido no se puede recuperar.
    }

# The report.
campaigns-to-draft = Volver a borrador
campaigns-pause = Pausar
campaigns-resume = Reanudar
campaigns-duplicate = Duplicar
campaigns-held = Pausada automáticamente: { $reason }
campaigns-starts = Empieza { $when }
campaigns-starts-from = Empieza { $when } desde { $sender }
campaigns-started = Empezó { $when }
campaigns-started-from = Empezó { $when } desde { $sender }
campaigns-sent-from = desde { $sender }
campaigns-settled = Destinatarios resueltos
campaigns-over-time = Evolución
campaigns-nothing-sent = Todavía no se ha enviado nada.
campaigns-over-time-label = Aceptados, aperturas, clics, bajas y fallidos por hora
campaigns-who-received = Quién la ha recibido
campaigns-who-received-label = Destinatarios según el resultado
campaigns-every-recipient = Todos los destinatarios
campaigns-accepted-means = “Aceptado” significa que el servidor del destinatario lo tomó. Si llegó a la bandeja de entrada, ningún remitente puede saberlo.
campaigns-links = Enlaces
campaigns-no-links = Esta campaña no tiene enlaces con seguimiento.
campaigns-links-label = Clics por enlace
campaigns-cancel-title = ¿Cancelar esta campaña?
campaigns-cancel-text =
    { $count ->
        [one] { $count } destinatario todavía no la ha recibido y no la recibirá. Lo enviado, enviado queda.
       *[other] { $count } destinatarios todavía no la han recibido y no la recibirán. Lo enviado, enviado queda.
    }
campaigns-cancel-yes = Cancelar la campaña

# The ledger: every recipient.
campaigns-recipients-note = Qué pasó con cada uno, en palabras de su propio servidor.
campaigns-to-report = Ir al informe
campaigns-whole-address = Una dirección completa
campaigns-every-state = Todos los estados
campaigns-nobody = No hay nadie aquí
campaigns-nobody-text = Ningún destinatario de esta campaña coincide.
campaigns-recipients-count =
    { $count ->
        [one] { $count } destinatario
       *[other] { $count } destinatarios
    }
campaigns-recipient = Destinatario
campaigns-said = Respuesta
campaigns-when = Cuándo
campaigns-then = Después
campaigns-recipient-queued = En cola
campaigns-recipient-accepted = Aceptado
campaigns-recipient-deferred = Aplazado
campaigns-recipient-failed = Fallido
campaigns-recipient-left-out = Excluido
campaigns-recipient-in-doubt = En duda
campaigns-tries = { $count } intentos
campaigns-no-tls = sin TLS
campaigns-next-try = próximo intento { $when }
campaigns-then-opened = abierto
campaigns-then-clicked = clic
campaigns-then-unsubscribed = baja

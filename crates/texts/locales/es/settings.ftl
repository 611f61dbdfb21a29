# The settings' pages, and what several of them say.
settings-title = Ajustes
settings-workspace = Espacio de trabajo
settings-sending = Envío
settings-team = Equipo
settings-data = Datos
settings-account = Su cuenta
settings-audit = Registro de auditoría
settings-admins-only = Los propietarios y administradores pueden cambiar estos ajustes.
settings-address = Dirección
settings-role = Rol
settings-last-seen = Última actividad
settings-actions = Acciones
settings-until = Hasta
settings-when = Cuándo

# Workspace.
settings-workspace-note = Lo que se aplica a todo el espacio de trabajo.
settings-about = Acerca de
settings-postal-address = Dirección postal
settings-postal-address-hint = Figura al pie de cada envío masivo: la ley lo exige en la mayoría de los países. Sin ella no se envía ninguna campaña.
settings-time-zone = Zona horaria
settings-time-zone-hint = Un nombre IANA, como Europe/Madrid.
settings-recipients-language = Idioma de las páginas que ven los destinatarios
settings-recipients-language-hint = También lo que el servidor anota por sí mismo: qué falla en un registro, por qué se omitió una fila, por qué no se entregó un mensaje. El idioma de sus propias páginas se elige en la página de su cuenta.
settings-new-campaigns = Campañas nuevas
settings-count-opens = Contar las aperturas
settings-count-opens-hint = Una imagen diminuta indica cuándo se muestra un mensaje. Cada campaña puede cambiarlo.
settings-count-clicks = Contar los clics
settings-count-clicks-hint = Los enlaces pasan por este servidor.
settings-signing-in = Inicio de sesión
settings-require-two-factor = Exigir el doble factor
settings-require-two-factor-hint = Quien no lo tenga deberá configurarlo antes de ver cualquier otra cosa.

# Its logo.
settings-logo = Logotipo
settings-logo-alt = Logotipo del espacio de trabajo
settings-logo-choose = Elegir una imagen
settings-logo-uploading = Subiendo…
settings-logo-set = El logotipo está guardado.
settings-logo-remove = Quitar el logotipo
settings-logo-hint = PNG, JPEG o WebP, hasta 1 MB. Los destinatarios lo ven en la página donde cancelan la suscripción.
settings-logo-large = La imagen supera 1 MB.
settings-logo-offline = No se pudo completar la subida. Compruebe la conexión e inténtelo de nuevo.

# Sending: the sender.
settings-sending-note = De quién viene el correo y adónde llevan sus enlaces.
settings-sender = Remitente de las campañas nuevas
settings-sender-what = Las campañas nuevas empiezan con él; cada una puede cambiarlo. Lo que se deje vacío aquí se toma de la última campaña.
settings-sender-local = Antes de la @
settings-sender-local-hint = Por ejemplo, noticias u hola.
settings-sender-domain = Dominio
settings-sender-last-domain = El de la última campaña
settings-sender-reply = Las respuestas van a
settings-sender-reply-hint = Vacío: al propio remitente.
settings-sender-save = Guardar el remitente

# Sending: the tracking domain and its record.
settings-tracking = Dominio de seguimiento
settings-tracking-what = Los enlaces, el píxel y las páginas que ven los destinatarios pasan por este servidor. Con un nombre propio pasan por él, por ejemplo click.example.com.
settings-tracking-none = Todavía no hay ninguno. Los propietarios y administradores pueden elegir uno.
settings-tracking-use = Usar este nombre
settings-tracking-hint = Debe pertenecer a un dominio de envío verificado de este espacio de trabajo. Nada lleva a él hasta que se encuentra su registro.
settings-tracking-verified = Verificado
settings-tracking-verified-what = Los enlaces de los correos nuevos pasan por él.
settings-tracking-drifted = Ya no es correcto
settings-tracking-drifted-what = Los enlaces de los correos nuevos pasan por este servidor hasta que el registro vuelva a ser correcto.
settings-tracking-pending = Aún no encontrado
settings-tracking-pending-what = Publique este registro en su proveedor de DNS. Se comprueba automáticamente.
settings-record-name = el nombre del registro
settings-record-value = Valor
settings-record-value-copy = el valor del registro
settings-record-found = Encontrado
settings-tracking-certificate = El nombre también necesita un certificado: quien gestione el proxy inverso delante de este servidor debe añadirlo allí antes de publicar el registro; si no, los navegadores advertirán a los destinatarios que sigan un enlace.
settings-tracking-checked = Última comprobación: { $when }
settings-tracking-check = Comprobar ahora
settings-tracking-checking = Comprobando. El resultado aparecerá aquí.
settings-tracking-remove = ¿Quitar este dominio de seguimiento?
settings-tracking-remove-what = Los correos nuevos vuelven a pasar por este servidor. Conserve el registro de { $host }: los enlaces de los correos ya enviados llevan allí.
settings-tracking-remove-do = Quitarlo

# Team: invitations.
settings-team-note = Quién está en este espacio de trabajo y qué puede hacer.
settings-invite = Invitar a alguien
settings-invite-send = Enviar la invitación
settings-invite-hint = Recibirá un enlace que funciona una sola vez, durante siete días.
settings-invite-sent = La invitación va en camino a { $email }.
settings-invited = Invitaciones pendientes
settings-invited-by = De
settings-invite-revoke = Revocar
settings-invite-revoked = La invitación ya no es válida.

# Team: members.
settings-members = Miembros
settings-you = (usted)
settings-role-of = Rol de { $name }
settings-signs-in-with = Inicia sesión con
settings-by-two-factor = Doble factor
settings-by-password = Solo contraseña
settings-member-remove = ¿Quitar a este miembro?
settings-member-remove-what = { $name } pierde el acceso de inmediato, en todos los navegadores. Lo que haya creado se conserva.
settings-member-removed = { $name } ya no forma parte del espacio de trabajo; sus sesiones se han cerrado.
settings-member-role-changed = El rol de { $name } es ahora: { $role }.
settings-make-owner = Hacer propietario
settings-hand-over = ¿Transferir el espacio de trabajo?
settings-hand-over-what = La propiedad del espacio de trabajo pasa a { $name } y usted tendrá el rol de administrador. Solo esa persona podrá devolvérsela.
settings-hand-over-do = Transferirlo
settings-handed-over = La propiedad es ahora de { $name }; usted tiene el rol de administrador.
settings-rights = Qué puede hacer cada rol
settings-right = Permiso
settings-leave = Abandonar
settings-leave-what = Perderá de inmediato el acceso a este espacio de trabajo. Un administrador puede volver a invitarle.
settings-leave-workspace = Abandonar el espacio de trabajo
settings-leave-ask = ¿Abandonar este espacio de trabajo?
settings-leave-ask-what = Se cerrará su sesión en él en todos los navegadores.

# Team: teams of agents.
settings-teams = Equipos
settings-teams-what = Un equipo es un grupo de miembros que responden juntos, como Soporte.
settings-team-new = Nuevo equipo
settings-team-name = Nombre del equipo
settings-team-save = Guardar el equipo
settings-team-members =
    { $count ->
        [one] { $count } miembro
       *[other] { $count } miembros
    }
settings-team-change = Cambiar { $name }
settings-team-delete = Eliminar { $name }
settings-team-delete-ask = ¿Eliminar este equipo?
settings-team-delete-what = «{ $name }» desaparece; sus miembros permanecen en el espacio de trabajo.
settings-team-delete-do = Eliminar el equipo

# The page behind an invitation's link.
settings-invitation = Invitación
settings-join = Unirse
settings-join-workspace = Unirse a { $workspace }
settings-join-who = { $inviter } invita a { $email } con el rol de { $role }.
settings-join-sign-in = Ya tiene una cuenta: inicie sesión como { $email } para aceptar.

# Data: how long things are kept, and the end of the workspace.
settings-data-note = Cuánto tiempo se conserva cada cosa.
settings-kept-for = Conservación, en días
settings-keep-details = Quién recibió una campaña y qué hizo
settings-keep-details-hint = Desde que termina; de { $least } a { $most } días. Sus cifras se conservan, y también quién ha cancelado la suscripción.
settings-keep-imports = Archivos de importaciones y filas rechazadas
settings-keep-imports-hint = De { $least } a { $most } días. El informe se conserva.
settings-keep-sign-ins = Inicios de sesión de los miembros
settings-keep-sign-ins-hint = De { $least } a { $most } días. Para quien está en varios espacios de trabajo cuenta el plazo más corto.
settings-keep-audit-hint = De { $least } a { $most } días.
settings-delete-workspace = Eliminar el espacio de trabajo
settings-delete-what = El envío se detiene de inmediato: lo que está en curso se pausa y lo programado vuelve a ser un borrador. A los 14 días se elimina todo definitivamente: contactos, campañas, informes, archivos y ajustes. Hasta entonces puede dar marcha atrás.
settings-type-to-confirm = Escriba { $name } para confirmar
settings-closing-at = Todo su contenido se elimina el { $date }. Hasta entonces puede dar marcha atrás. Lo que se pausó sigue así hasta que se reanude.
settings-restore-workspace = Restaurar el espacio de trabajo

# One's own account: language, browsers, tries, password.
settings-must-enrol = Este espacio de trabajo exige el doble factor. Configúrelo para continuar.
settings-language = Idioma
settings-language-of-pages = Idioma de sus páginas y correos
settings-language-browser = El idioma del navegador
settings-language-use = Usar este idioma
settings-sessions = Sesiones abiertas
settings-browser = Navegador
settings-since = Desde
settings-session-this = Este
settings-session-ended = Se ha cerrado la sesión de ese navegador.
settings-sessions-end = Cerrar las demás sesiones
settings-sessions-ended = Se ha cerrado la sesión en los demás navegadores.
settings-sign-ins = Últimos inicios de sesión
settings-outcome = Resultado
settings-sign-in-ok = Sesión iniciada
settings-sign-in-refused = Rechazado
settings-password-change = Cambiar la contraseña
settings-password-set = La nueva contraseña está guardada; se ha cerrado la sesión en los demás navegadores.

# The second factor.
settings-two-factor = Doble factor
settings-two-factor-what = Con él, su contraseña por sí sola no deja entrar a nadie: cada inicio de sesión pide además un código de una aplicación de su teléfono.
settings-two-factor-begin = Configurarlo
settings-two-factor-scan = Escanee esto con una aplicación de autenticación o escriba la clave. Después introduzca el código que muestre.
settings-two-factor-qr = Código QR para una aplicación de autenticación
settings-two-factor-key = la clave
settings-two-factor-confirm = Activarlo
settings-two-factor-on = Activado
settings-two-factor-end = Desactivarlo
settings-two-factor-end-ask = ¿Desactivar el doble factor?
settings-two-factor-end-what = Su contraseña por sí sola dejará entrar a cualquiera que la tenga.
settings-two-factor-ended = El doble factor está desactivado.
# `request` is the sentence below it, emphasized.
settings-codes-keep = { $request } Cada uno le permite entrar una vez cuando no tenga el teléfono a mano. No se volverán a mostrar.
settings-codes-keep-request = Guarde estos códigos de recuperación.
settings-codes-copy = los códigos de recuperación
settings-codes-kept = Los he guardado
settings-codes-left =
    { $count ->
        [one] Queda { $count } código de recuperación.
       *[other] Quedan { $count } códigos de recuperación.
    }
settings-codes-new = Nuevos códigos de recuperación
settings-codes-new-ask = ¿Generar nuevos códigos de recuperación?
settings-codes-new-what = Los anteriores dejarán de funcionar.
settings-codes-new-do = Generar nuevos

# Proving again who one is.
settings-proof = ¿Es usted?
settings-proof-what = Para esto hay que volver a identificarse. Vale durante diez minutos en este navegador.
settings-proof-password = Su contraseña
settings-proof-by-password = Usar la contraseña
settings-proof-by-code = Usar un código
settings-proof-go = Continuar

# The audit log.
settings-audit-note = Quién hizo qué y desde dónde. Nadie puede modificarlo.
settings-audit-table = El registro de auditoría
settings-audit-empty = No se ha encontrado nada
settings-audit-empty-what = Aquí se anotan invitaciones, roles, ajustes, campañas, la protección del inicio de sesión y similares.
settings-audit-search = Buscar persona, acción u objeto
settings-audit-person = Persona
settings-audit-action = Acción
settings-audit-all = Todas
settings-audit-from-day = Desde
settings-audit-who = Quién
settings-audit-what = Qué
settings-audit-to = A qué
settings-audit-change = Cambio
settings-audit-from = Desde dónde

# Its codes in words: areas as they are filtered by, then what each action was.
settings-audit-area-account = cuenta
settings-audit-area-attribute = atributo
settings-audit-area-bulk = acción masiva
settings-audit-area-campaign = campaña
settings-audit-area-contact = contacto
settings-audit-area-contacts = contactos
settings-audit-area-domain = dominio
settings-audit-area-duplicates = duplicados
settings-audit-area-export = exportación
settings-audit-area-form = formulario
settings-audit-area-import = importación
settings-audit-area-invite = invitación
settings-audit-area-list = lista
settings-audit-area-member = miembro
settings-audit-area-segment = segmento
settings-audit-area-session = sesión
settings-audit-area-suppression = supresión
settings-audit-area-team = equipo
settings-audit-area-workspace = espacio de trabajo
settings-audit-by-contact = el contacto
settings-audit-account-password = Se cambió una contraseña
settings-audit-account-password-reset = Se restableció una contraseña olvidada
settings-audit-account-recovery-codes = Se generaron nuevos códigos de recuperación
settings-audit-account-two-factor-off = Se desactivó el doble factor
settings-audit-account-two-factor-on = Se activó el doble factor
settings-audit-attribute-create = Se creó un atributo
settings-audit-attribute-delete = Se eliminó un atributo
settings-audit-attribute-kind = Se cambió el tipo de un atributo
settings-audit-bulk-cancel = Se detuvo una acción masiva
settings-audit-bulk-undo = Se deshizo una acción masiva
settings-audit-campaign-change = Se modificó una campaña
settings-audit-campaign-create = Se creó una campaña
settings-audit-campaign-delete = Se eliminó una campaña
settings-audit-campaign-state = Se envió, programó o pausó una campaña, o cambió su estado de otro modo
settings-audit-campaign-test = Se envió una prueba de una campaña
settings-audit-contact-change = Se modificó un contacto
settings-audit-contact-create = Se añadió un contacto
settings-audit-contact-erased = Un contacto hizo borrar sus datos
settings-audit-contacts-attribute-clear = Se vació un atributo de varios contactos
settings-audit-contacts-attribute-set = Se fijó un atributo de varios contactos
settings-audit-contacts-delete = Se eliminaron varios contactos
settings-audit-contacts-list-add = Se añadieron varios contactos a una lista
settings-audit-contacts-list-remove = Se quitaron varios contactos de una lista
settings-audit-contacts-merge = Se fusionaron contactos
settings-audit-contacts-suppress = Se suprimieron varios contactos
settings-audit-domain-add = Se añadió un dominio de envío
settings-audit-domain-remove = Se quitó un dominio de envío
settings-audit-duplicates-apart = Se indicó que unos contactos no son duplicados
settings-audit-duplicates-search = Se buscaron duplicados
settings-audit-export-audit = Se exportó el registro de auditoría
settings-audit-export-campaigns = Se exportaron las campañas
settings-audit-export-contacts = Se exportaron los contactos
settings-audit-export-lists = Se exportaron las listas
settings-audit-export-recipients = Se exportaron los destinatarios de una campaña
settings-audit-export-rejected = Se exportaron las filas rechazadas de una importación
settings-audit-export-segments = Se exportaron los segmentos
settings-audit-export-suppressions = Se exportaron las supresiones
settings-audit-form-create = Se creó un formulario
settings-audit-form-delete = Se eliminó un formulario
settings-audit-import-cancel = Se detuvo una importación
settings-audit-import-start = Se inició una importación
settings-audit-invite-accept = Se aceptó una invitación
settings-audit-invite-revoke = Se revocó una invitación
settings-audit-invite-send = Se envió una invitación
settings-audit-list-create = Se creó una lista
settings-audit-list-delete = Se eliminó una lista
settings-audit-list-double-opt-in = Se activó o desactivó la doble confirmación de una lista
settings-audit-list-rename = Se cambió el nombre de una lista
settings-audit-member-leave = Un miembro abandonó el espacio de trabajo
settings-audit-member-remove = Se quitó a un miembro
settings-audit-member-role = Se cambió el rol de un miembro
settings-audit-segment-change = Se modificó un segmento
settings-audit-segment-create = Se creó un segmento
settings-audit-segment-delete = Se eliminó un segmento
settings-audit-session-end = Se cerró la sesión de un navegador
settings-audit-session-end-all = Se cerraron todas las sesiones de una cuenta
settings-audit-session-end-others = Se cerraron las demás sesiones de una cuenta
settings-audit-suppression-add = Se suprimió una dirección
settings-audit-suppression-remove = Se levantó una supresión
settings-audit-team-delete = Se eliminó un equipo
settings-audit-team-save = Se creó o modificó un equipo
settings-audit-workspace-create = Se creó el espacio de trabajo
settings-audit-workspace-delete = Se solicitó eliminar el espacio de trabajo
settings-audit-workspace-logo = Se cambió el logotipo
settings-audit-workspace-owner = Se transfirió el espacio de trabajo
settings-audit-workspace-restore = Se restauró el espacio de trabajo
settings-audit-workspace-settings = Se cambió un ajuste
settings-audit-workspace-tracking-domain = Se cambió el dominio de seguimiento

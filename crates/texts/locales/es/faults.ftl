
# Campaigns: writing, reviewing, starting and stopping them.
fault-campaigns-page-gone = Esta página ya no existe. Empiece por la primera.
fault-campaigns-too-large = Ocupa más de 1 MB.
fault-campaigns-many-lists = Elija { $max } listas como máximo.
fault-campaigns-many-segments = Elija { $max } segmentos como máximo.
fault-campaigns-changed-meanwhile = Otra persona ha cambiado esta campaña mientras tanto. Recargue la página para ver su versión; copie antes la propia.
fault-campaigns-not-a-draft = Una campaña programada o enviada no se puede cambiar. Duplíquela.
fault-campaigns-only-drafts = Solo se pueden eliminar los borradores: de lo enviado queda constancia.
# What the duplicate of a campaign is called.
fault-campaigns-copy = { $name } (copia)
# `state` is one of draft, scheduled, preparing, sending, paused, finished and cancelled.
fault-campaigns-state-now =
    { $state ->
        [draft] Esta campaña es ahora un borrador.
        [scheduled] Esta campaña está ahora programada.
        [preparing] Esta campaña se está preparando ahora.
        [sending] Esta campaña se está enviando ahora.
        [paused] Esta campaña está ahora en pausa.
        [finished] Esta campaña ya ha terminado.
       *[other] Esta campaña se ha cancelado.
    } Recargue la página para ver cómo está.
fault-campaigns-past = Elija un momento futuro.
fault-campaigns-far = Elija un momento dentro de un año como máximo.
fault-campaigns-search = Escriba una dirección completa: esta { $problem }.
fault-campaigns-test-address = “{ $email }” { $problem }.
fault-campaigns-test-many = Escriba de una a cinco direcciones.
fault-campaigns-test-line = { $message } (línea { $line })
fault-campaigns-sender = La dirección del remitente no está completa.
fault-campaigns-reply-to = La dirección de respuesta { $problem }.
fault-campaigns-no-postal-address = El correo masivo debe llevar al pie la dirección postal del remitente. Un propietario o administrador la escribe en Ajustes, Espacio de trabajo.
fault-campaigns-no-sender-name = Falta el nombre del remitente: los destinatarios ven solo la dirección.
fault-campaigns-no-subject = Falta el asunto.
fault-campaigns-no-message = Todavía no hay mensaje.
fault-campaigns-no-audience = Elija al menos una lista o un segmento.
fault-campaigns-cut-off = El HTML ocupa más de 102 KB: Gmail lo recorta.
fault-campaigns-empty-subject = El asunto queda vacío para el primer destinatario.
fault-campaigns-nobody = Todavía no hay nadie en estas listas y segmentos.
fault-campaigns-segments-behind = Los segmentos se están actualizando tras unos cambios: la cifra puede variar un poco. El envío espera a que terminen.

# Sending and tracking domains, and what is wrong with their records.
fault-domains-name = Lo escrito { $problem }.
fault-domains-many = Un espacio de trabajo tiene { $max } dominios como máximo.
fault-domains-there-already = { $domain } ya está en este espacio de trabajo.
fault-domains-in-use = La campaña “{ $campaign }” se envía desde este dominio. Cancélela primero.
fault-domains-choose = Elija un dominio verificado desde el que enviar.
fault-domains-removed-choose = Este dominio se ha quitado. Elija otro.
fault-domains-removed = El dominio se ha quitado.
fault-domains-drifted = { $domain } estaba verificado, pero ahora un registro es incorrecto. No se envía nada desde él hasta que se corrija.
fault-domains-not-verified = { $domain } todavía no está verificado. Publique primero sus registros.
# Why a campaign was paused.
fault-domains-held = El DNS ya no respalda { $domain } ({ $records }). Corríjalo en Dominios y después reanude la campaña.
fault-domains-tracking-own = Esa es la dirección de la propia instancia. Elija un nombre de su dominio, como click.example.com.
fault-domains-tracking-not-under = Elija un nombre bajo un dominio de envío verificado de este espacio de trabajo, como click.example.com.
fault-domains-tracking-mail = El correo ya usa este nombre. Elija otro, como click.example.com.
fault-domains-tracking-many = Un espacio de trabajo tiene { $max } como máximo, incluidos los antiguos: los enlaces de los correos enviados llevan a ellos.
fault-domains-tracking-elsewhere = El CNAME apunta a otro sitio. Debe apuntar a { $target }.
fault-domains-tracking-none = Todavía no hay ningún CNAME con este nombre. Si su proveedor lo oculta tras un proxy propio, desactívelo para este registro.
fault-domains-tracking-unchecked = Sin comprobar: { $reason }.
fault-domains-tracking-unvouched = Ya no hay ningún dominio de envío verificado de este espacio de trabajo por encima de este nombre.

# Segments.
fault-segments-gone = El segmento ya no existe. Elija otro.
fault-segments-needs-a-look = El segmento “{ $name }” requiere revisión: { $reason }
fault-segments-many = Un espacio de trabajo tiene { $max } segmentos como máximo.
fault-segments-taken = Ya hay un segmento “{ $name }”.
fault-segments-changed-meanwhile = Otra persona ha cambiado este segmento mientras tanto. Recargue la página para ver su versión.
fault-segments-in-use = La campaña “{ $campaign }” está a punto de enviarse a este segmento. Devuélvala primero a borrador.
fault-segments-behind = Los segmentos se están actualizando tras muchos cambios. Inténtelo de nuevo en un momento.
# `what` is one of attribute, list and campaign.
fault-segments-missing =
    { $what ->
        [attribute] El atributo ya no existe. Elija otro.
        [list] La lista ya no existe. Elija otra.
       *[campaign] La campaña ya no existe. Elija otra.
    }

# Delivery: what stands in the ledger where no server has said anything.
fault-delivery-unsubscribed = Ha cancelado la suscripción.
fault-delivery-bad-address = La dirección ya fue rechazada de forma definitiva.
fault-delivery-complaint = Ha presentado una queja por un correo.
fault-delivery-erased = Ha pedido que se borren sus datos.
fault-delivery-suppressed = Está en la lista de supresión.
fault-delivery-contact-deleted = El contacto se eliminó antes de este envío.
fault-delivery-cancelled = La campaña se canceló antes de este envío.
fault-delivery-not-made = No se puede componer el mensaje para este contacto: { $reason }
fault-delivery-lost = La conexión se perdió antes de entregar el mensaje: { $reason }.
fault-delivery-in-doubt = La conexión se perdió después de entregar el mensaje: { $reason }. Puede que el servidor lo tenga.
fault-delivery-given-up =
    { $tries ->
        [one] Se desistió tras { $tries } intento. La última respuesta: { $reply }
       *[other] Se desistió tras { $tries } intentos. La última respuesta: { $reply }
    }
fault-delivery-no-domain = La campaña no tiene dominio.
fault-delivery-mistakes = El mensaje tiene errores.
# The subject of a test message.
fault-delivery-test-subject = {"[Prueba]"} { $subject }

# Contacts, lists and attributes.
fault-contacts-address = Esta dirección { $problem }.
fault-contacts-taken = { $email } ya es un contacto.
fault-contacts-erased = La persona titular de esta dirección pidió que se borraran sus datos. Puede volver suscribiéndose ella misma.
fault-contacts-list-gone = Una de las listas ya no existe. Elija de nuevo.
fault-contacts-list-taken = Ya existe una lista “{ $name }”.
fault-contacts-lists-most = Un espacio de trabajo tiene como máximo { $most } listas.
fault-contacts-page-gone = Esta página ya no existe. Empiece por la primera.
fault-contacts-too-many = Se pueden elegir uno a uno { $most } contactos como máximo.
fault-contacts-attribute-name = “{ $name }”: { $problem }
fault-contacts-attribute-value = “{ $name }”: { $problem }.
fault-contacts-attribute-removing = “{ $name }” se está eliminando. Inténtelo de nuevo cuando ya no exista o use otro nombre.
fault-contacts-attribute-going = “{ $name }” se está eliminando. Inténtelo de nuevo cuando ya no exista.
fault-contacts-attribute-taken = “{ $name }” ya existe.
fault-contacts-attribute-in-segment = El segmento “{ $segment }” lo utiliza. Cámbielo antes.
fault-contacts-attributes-most = Un espacio de trabajo tiene como máximo { $most } atributos.
fault-contacts-attributes-full = Un espacio de trabajo tiene como máximo { $most } atributos. Elimine antes alguno.
fault-contacts-attributes-of-one = Un contacto tiene como máximo { $most } atributos.
fault-contacts-value-long = “{ $name }” tiene más de { $most } caracteres.
fault-contacts-value-kind = “{ $name }” no es un texto, ni un número, ni sí o no.
# Whom an action over many was about: kept with it.
fault-contacts-scope-chosen = Elegidos uno a uno
fault-contacts-scope-all = Todos los contactos
fault-contacts-scope-list = En “{ $list }”
fault-contacts-scope-segment = { $within }, en el segmento “{ $segment }”
fault-contacts-scope-search = { $within }, direcciones que empiezan por “{ $search }”

# Imports: what is wrong with a file, a plan, a row. In the file of rejected rows these are in the workspace's language.
fault-import-empty = Este archivo está vacío.
fault-import-not-csv = Este archivo no es un CSV. En la hoja de cálculo, elija “Guardar como CSV”.
fault-import-encoding = No se conoce esta codificación.
fault-import-column = Columna { $number }
fault-import-no-address-column = Elija la columna que contiene las direcciones de correo electrónico.
fault-import-twice-attribute = Dos columnas van al atributo “{ $name }”. Ignore una de ellas.
fault-import-twice-email = Dos columnas van a la dirección de correo electrónico. Ignore una de ellas.
fault-import-twice-first-name = Dos columnas van al nombre de pila. Ignore una de ellas.
fault-import-twice-last-name = Dos columnas van a los apellidos. Ignore una de ellas.
fault-import-delimiter = El separador es un solo carácter, por ejemplo una coma.
fault-import-no-rows = No hay filas en este archivo.
fault-import-started = Esta importación ya se había iniciado.
fault-import-over = Esta importación ya ha terminado.
fault-import-unclosed = Después de la línea { $line } hay una fila que no termina. Lo más frecuente es que falten unas comillas de cierre.
fault-import-row-large = La fila ocupa más de { $kilobytes } KB.
fault-import-row-empty = La fila está vacía.
fault-import-row-no-text = La fila no es texto en esta codificación.
fault-import-row-characters = La fila tiene caracteres que no son válidos en esta codificación.
fault-import-row-short = La fila termina antes de la columna de la dirección.
fault-import-no-address = Falta la dirección.
fault-import-address = La dirección { $problem }.
fault-import-name-long = Un nombre tiene más de 100 caracteres.
fault-import-erased = La persona titular de esta dirección pidió que se borraran sus datos.
fault-import-unreadable = No se ha podido leer el archivo hasta el final.
fault-import-file-gone = El archivo subido ya no está.
fault-import-ours = Algo ha fallado por nuestra parte. Suba el archivo de nuevo; las filas que ya entraron solo se actualizan.
# What stands in the way anywhere.
fault-signed-out = Inicie sesión para continuar.
fault-conflict = Otra persona está cambiando lo mismo. Inténtelo de nuevo.
fault-internal = Algo ha fallado por nuestra parte. Inténtelo de nuevo; si continúa, indique la hora a quien administra el servidor.
fault-role = Su rol ({ $role }) no permite esta acción. Un propietario o administrador del espacio de trabajo puede cambiarlo.
fault-page-gone = Esta página ya no existe. Vuelva a empezar por la primera.
fault-link-old = Este enlace ya no es válido. Solicite uno nuevo.
fault-address = Esta dirección { $why }.
fault-sender = La dirección { $why }.

# Signing in and up, proofs, passwords, two-factor sign-in.
fault-sign-in = La dirección o la contraseña no son correctas.
fault-confirm-first = Primero confirme esta dirección: le hemos enviado otro correo con el enlace.
fault-confirmed-before = Esta dirección ya está confirmada. Inicie sesión con su contraseña.
fault-confirmed-nowhere = La dirección está confirmada. Inicie sesión con su contraseña.
fault-setup-old = Este enlace de configuración ya no es válido. Reinicie el servidor para obtener uno nuevo o inicie sesión.
fault-setup-used = Este enlace de configuración se acaba de usar. Inicie sesión.
fault-too-many-tries =
    { $minutes ->
        [one] Demasiados intentos. Espere { $minutes } minuto o restablezca la contraseña.
       *[other] Demasiados intentos. Espere { $minutes } minutos o restablezca la contraseña.
    }
fault-proof-needed = No se ha cambiado nada: antes hace falta su contraseña.
fault-code = Este código no es correcto o ya se ha usado. Espere al siguiente.
fault-not-your-password = Esa no es su contraseña.
fault-password-common = Esta es una de las primeras contraseñas que se prueban. Combine varias palabras que solo se le ocurrirían a usted.
fault-password-same = Esa es la contraseña que ya tiene.
fault-must-enrol = Este espacio de trabajo exige el doble factor. Actívelo primero en «Su cuenta».
fault-two-factor-on = El doble factor ya está activado.
fault-two-factor-off = El doble factor está desactivado.
fault-two-factor-begin = Empiece de nuevo: no hay nada que confirmar.
fault-two-factor-required = Un espacio de trabajo al que pertenece exige el doble factor.
fault-two-factor-first = Actívelo primero en su propia cuenta o perdería el acceso.

# Members, invitations, teams.
fault-invite-owner = Solo hay un propietario. Invite como administrador y traspase el espacio de trabajo más adelante.
fault-invite-member = Esta dirección ya está en el espacio de trabajo.
fault-invites-enough = Puede haber como máximo { $max } invitaciones abiertas. Revoque antes alguna.
fault-invite-old = Esta invitación ya no es válida. Solicite una nueva.
fault-invite-sign-in = Inicie sesión como { $email } para aceptarla.
fault-invite-used = Esta invitación se acaba de usar. Inicie sesión.
fault-role-owner = Solo hay un propietario. En su lugar, traspase el espacio de trabajo.
fault-role-own = Nadie cambia su propio rol. Pídaselo a otro administrador.
fault-role-changed = Entretanto ha cambiado su rol. Vuelva a cargar la página.
fault-owner-stays = No se puede quitar al propietario. Traspase antes el espacio de trabajo.
fault-owner-leaves = Un propietario no puede salir. Traspase antes el espacio de trabajo.
fault-owner-only = Solo el propietario puede traspasar el espacio de trabajo.
fault-owner-already = Usted ya es el propietario.
fault-teams-enough = Un espacio de trabajo tiene como máximo { $max } equipos.
fault-team-member-gone = Uno de los miembros ya no está en el espacio de trabajo. Vuelva a cargar la página.
fault-team-name-taken = Ya hay un equipo «{ $name }».

# The workspace: settings, logo, its end.
fault-workspaces-enough = Ya es propietario de { $max } espacios de trabajo. Elimine o traspase antes alguno.
fault-time-zone = Elija una zona horaria de la lista, por ejemplo, Europe/Madrid.
fault-days = Entre { $least } y { $most } días.
fault-braces = Aquí no se permiten llaves.
fault-control = Aquí no se permiten caracteres de control.
fault-logo-unreadable = No es una imagen PNG, JPEG o WebP que se pueda leer.
fault-logo-pixels = Esta imagen tiene { $width } × { $height } píxeles. Use como máximo { $max } por lado.
fault-logo-large = La imagen ocupa más de { $megabytes } MB.
fault-closing = Este espacio de trabajo se está eliminando: ya no se envía nada desde él. Su propietario puede restaurarlo.
fault-closing-owner = Solo el propietario puede eliminar el espacio de trabajo o restaurarlo.
fault-closing-name = Escriba el nombre tal como aparece: { $name }
fault-closing-already = El espacio de trabajo ya se está eliminando.
fault-closing-late = El espacio de trabajo no se está eliminando o ya es demasiado tarde.
fault-closing-held = El espacio de trabajo se está eliminando.

# What the server says in front of the pages: files in and out, limits, hosts.
fault-sign-out = No se ha podido cerrar la sesión. Inténtelo de nuevo.
fault-other-site = Esta solicitud venía de otro sitio y se ha rechazado. Vuelva a abrir la página e inténtelo de nuevo.
fault-too-many-requests =
    { $seconds ->
        [one] Demasiadas solicitudes. Inténtelo de nuevo dentro de { $seconds } segundo.
       *[other] Demasiadas solicitudes. Inténtelo de nuevo dentro de { $seconds } segundos.
    }
fault-body-large = Esto ocupa más de { $megabytes } MB. Reduzca su tamaño.
fault-upload-broken = La subida se ha interrumpido. Inténtelo de nuevo.
fault-upload-large = El archivo ocupa más de { $megabytes } MB. Divídalo.
fault-upload-failed = No se ha podido guardar el archivo. Inténtelo de nuevo.
fault-rejected-gone = Las filas rechazadas ya no se conservan: los ajustes del espacio de trabajo indican durante cuánto tiempo se guardan.
fault-preview = Hay un error en el mensaje; se indica junto al HTML.
fault-nothing-here = Aquí no hay nada.


# What is done to many contacts, duplicates, the suppression list.
fault-people-no-list = Esta lista ya no existe. Elija de nuevo.
fault-people-no-value = Indique un valor o vacíe el atributo.
fault-people-merge-elsewhere = Los contactos se fusionan en la página de duplicados.
fault-people-nobody-matches = Ya no coincide nadie: no hay nada que hacer.
fault-people-still-going-on = Todavía está en curso. Cancélelo primero.
fault-people-undone-already = Esto ya se había deshecho.
fault-people-nothing-to-undo = Aquí no hay nada que se pueda deshacer.
fault-people-many-waiting = Ya hay muchas acciones en espera. Espere a que terminen algunas.
fault-people-over-already = Esto ya ha terminado.
# Why an action ended before its time.
fault-people-list-deleted = La lista se eliminó entretanto.
fault-people-survivor-gone = El contacto que debía quedarse ya no existe.
fault-people-others-gone = Los contactos que debían desaparecer ya no existen.
fault-people-merged-attributes = Entre todos tienen más de { $max } atributos.
fault-people-action-failed = Ha habido un fallo por nuestra parte. Lo hecho se conserva y se puede deshacer.
fault-people-search-going-on = Ya hay una búsqueda en curso.
fault-people-search-failed = Ha habido un fallo por nuestra parte. Inicie la búsqueda de nuevo.
fault-people-no-search = No hay ninguna búsqueda en curso.
fault-people-page-gone = Esta página ya no existe. Empiece por la primera.
fault-people-choose-merge = Elija un contacto que se quede y al menos uno que desaparezca.
fault-people-too-many-merged = Se pueden fusionar como máximo { $max } contactos.
fault-people-one-gone = Uno de estos contactos ya no existe. Vuelva a cargar la página.
# What follows is what is wrong with it: "has no @".
fault-people-address = Esta dirección { $why }.
# The reason is a word of ours.
fault-people-suppressed-already =
    { $address } ya está en la lista: { $reason ->
        [unsubscribed] baja
        [bad_address] dirección rechazada
        [complaint] queja
       *[manual] añadida a mano
    }.
fault-people-erased = Su titular pidió que se borraran sus datos: solo esa persona puede volver, si se registra.
fault-people-type-address = Esta persona se quejó de un correo de ustedes. Escriba la dirección completa para continuar.

# Consent: notes, proofs, forms and what strangers fill in.
fault-consent-empty-note = Escriba algo primero.
fault-consent-others-note = Solo quien escribió una nota puede cambiarla.
fault-consent-no-source = Indique de dónde procede el consentimiento.
fault-consent-not-in-list = El contacto no está en esa lista.
fault-consent-too-many-forms = Un espacio de trabajo puede tener como máximo { $max } formularios.
fault-consent-form-closed = Ya no existe ninguna de sus listas: el formulario permanece cerrado hasta que se elija otra.
fault-consent-confirmations-stuck = Los correos de confirmación de “{ $list }” no pueden salir: { $why }
# What follows is what is wrong with it: "has no @".
fault-consent-sender-address = La dirección del remitente { $why }.
fault-consent-no-domain = { $workspace } no tiene ahora ningún dominio verificado, así que no se puede enviar el correo de confirmación. Inténtelo más tarde.
fault-consent-value = Use como máximo { $max } caracteres, sin caracteres de control.
fault-consent-number = Escriba un número.
fault-consent-date = Escriba una fecha con el formato año-mes-día.
fault-consent-tick = Esta casilla debe estar marcada.
fault-consent-needed = Este dato es necesario.
fault-consent-choose-list = Elija al menos una.
fault-consent-tick-to-go-on = Marque esta casilla para continuar.

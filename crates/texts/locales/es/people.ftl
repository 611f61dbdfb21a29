# A contact's page.
people-fields = Campos
people-lists = Listas
people-timeline = Cronología
people-delete-contact = ¿Eliminar este contacto?
people-delete-contact-text = También se eliminan sus notas, sus consentimientos y su cronología. Si la dirección canceló la suscripción, la baja sigue vigente. Se puede deshacer durante { $days } días.
people-add-attribute = Añadir un atributo
people-attribute-example = ciudad
# Read out: a field in place that a click opens.
people-change-field = { $field }: { $value }. Cambiar
people-change-empty = { $field }: vacío. Cambiar
people-choose-list-first = Primero elija una lista.
people-on-no-list = No está en ninguna lista.
people-take-off = Quitar de { $list }
people-add-to-list = Añadir a una lista
people-list-reason = Motivo, se guarda como prueba
people-list-reason-example = Lo pidió por teléfono

# Its timeline: notes, and what happened.
people-add-note = Añadir una nota
people-keep-note = Añadir la nota
people-change-note = Cambiar la nota
people-save-note = Guardar la nota
people-leave-note = Dejarla como está
people-delete-note = Eliminar la nota
people-note-changed = Modificada después.
people-nothing-happened = Todavía no ha ocurrido nada.
people-show-older = Mostrar anteriores
people-when-by = { $when }, por { $who }
people-when-from = { $when }, desde { $address }
people-when-by-from = { $when }, por { $who }, desde { $address }
# An event alone, and with what it is about: a campaign, a list, a form, a file.
people-event-added = Añadido
people-event-imported = Importado
people-event-imported-of = Importado de { $what }
people-event-edited = Editado
people-event-joined = Entró en una lista
people-event-joined-of = Entró en { $what }
people-event-left = Salió de una lista
people-event-left-of = Salió de { $what }
people-event-signed-up = Se registró
people-event-signed-up-of = Se registró mediante { $what }
people-event-confirmation-sent = Confirmación solicitada
people-event-confirmation-sent-of = Confirmación solicitada para { $what }
people-event-confirmed = Suscripción confirmada
people-event-confirmed-of = Suscripción confirmada a { $what }
people-event-consent-recorded = Consentimiento anotado
people-event-consent-recorded-of = Consentimiento anotado para { $what }
people-event-preferences = Cambió sus preferencias
people-event-unsubscribed = Canceló la suscripción
people-event-unsubscribed-of = Canceló la suscripción desde { $what }
people-event-returned = Puede volver a recibir correo
people-event-suppressed = Suprimido
# What follows is why: people-stopped-….
people-event-suppressed-of = Suprimido: { $what }
people-event-sent = Correo enviado
people-event-sent-of = Se le envió { $what }
people-event-not-sent = Correo no enviado
people-event-not-sent-of = No se le envió { $what }
people-event-queued = Envío pendiente
people-event-queued-of = Pendiente de recibir { $what }
people-event-opened = Abrió un correo
people-event-opened-of = Abrió { $what }
people-event-clicked = Hizo clic
people-event-clicked-of = Hizo clic en { $what }
people-event-note = Nota
# Any other event with something it is about.
people-event-of = { $event } { $what }
# Under an event: more about it.
people-edited-email = correo electrónico
people-edited-first-name = nombre de pila
people-edited-last-name = apellidos
people-consented-general = correo electrónico en general
people-in-preferences = en el centro de preferencias
people-imported-onto = en { $lists }
people-imported-onto-by = en { $lists }. { $source }
people-mail-in-doubt = Dudoso: { $reply }
people-stopped-unsubscribed = canceló la suscripción
people-stopped-bad-address = la dirección no funciona
people-stopped-complaint = se quejó de un correo
people-stopped-manual = incluido en la lista de supresión

# Its consents, and what shows them.
people-consent = Consentimiento
people-consent-kept = Guardado.
people-consent-write-down = Anotar un consentimiento
people-consent-source = De dónde procede
people-consent-source-hint = Se guarda como prueba, a su nombre, para el correo electrónico en general y para cada una de las listas de arriba.
people-consent-keep = Guardarlo
people-consent-general = Correo electrónico en general
people-consent-given = Otorgado
people-consent-pending = Pendiente de confirmación
people-consent-withdrawn = Retirado
people-method-form = Formulario de registro
people-method-import = Importación
people-method-hand = Introducido a mano
people-method-preferences = Centro de preferencias
people-method-api = API
people-method-unknown = Sin constancia
people-proof-when = Cuándo
people-proof-how = Cómo
people-proof-by = Por
people-proof-why = Por qué
people-proof-wording = Texto aceptado
people-proof-page = En
people-proof-from = Desde
people-proof-confirmed = Confirmado
people-proof-confirmed-from = Confirmado desde

# Actions over many contacts: what they are called.
people-action-add = Añadir a “{ $list }”
people-action-remove = Quitar de “{ $list }”
people-action-set = Asignar “{ $value }” a { $name }
people-action-clear = Vaciar { $name }
people-action-unsubscribe = Dar de baja
people-action-suppress = Suprimir
people-action-delete = Eliminar
people-action-merge = Fusionar en { $contact }
people-action-undo = Deshacer: { $action }
# What has come of them; a full stop may follow.
people-done-added =
    { $count ->
        [one] { $count } contacto añadido
       *[other] { $count } contactos añadidos
    }
people-done-removed =
    { $count ->
        [one] { $count } contacto quitado
       *[other] { $count } contactos quitados
    }
people-done-changed =
    { $count ->
        [one] { $count } contacto modificado
       *[other] { $count } contactos modificados
    }
people-done-unsubscribed =
    { $count ->
        [one] { $count } contacto dado de baja
       *[other] { $count } contactos dados de baja
    }
people-done-suppressed =
    { $count ->
        [one] { $count } contacto suprimido
       *[other] { $count } contactos suprimidos
    }
people-done-deleted =
    { $count ->
        [one] { $count } contacto eliminado
       *[other] { $count } contactos eliminados
    }
people-done-merged =
    { $count ->
        [one] { $count } contacto fusionado
       *[other] { $count } contactos fusionados
    }
people-taken-back =
    { $count ->
        [one] { $count } deshecho
       *[other] { $count } deshechos
    }
people-done-and-left = { $done }, { $left } sin cambios
people-said-done = { $result }.
people-said-cancelled = Cancelado: { $result }.
people-goes-on = { $action }: continúa en segundo plano.
people-did-not-work = No se ha podido hacer.
# Why so many were left as they were; addresses of some may follow.
people-skip-gone =
    { $count ->
        [one] { $count } que ya no existe
       *[other] { $count } que ya no existen
    }
people-skip-in-list =
    { $count ->
        [one] { $count } que ya estaba en la lista
       *[other] { $count } que ya estaban en la lista
    }
people-skip-not-in-list =
    { $count ->
        [one] { $count } que no estaba en la lista
       *[other] { $count } que no estaban en la lista
    }
people-skip-same-value =
    { $count ->
        [one] { $count } que ya tenía este valor
       *[other] { $count } que ya tenían este valor
    }
people-skip-no-attribute = { $count } sin este atributo
people-skip-too-many-attributes = { $count } con el máximo de atributos que puede tener un contacto
people-skip-stopped-already =
    { $count ->
        [one] { $count } que ya no recibía correo
       *[other] { $count } que ya no recibían correo
    }
people-skip-changed-since =
    { $count ->
        [one] { $count } modificado después
       *[other] { $count } modificados después
    }
people-skip-stopped-since =
    { $count ->
        [one] { $count } dado de baja o suprimido después, y así se queda
       *[other] { $count } dados de baja o suprimidos después, y así se quedan
    }
people-skip-address-taken = { $count } cuya dirección se ha vuelto a añadir entretanto
people-skip-list-gone = { $count } cuya lista ya no existe
people-skip-erased = { $count } cuyos datos se borraron a petición propia
people-skip-examples = { $why }: { $examples }

# The page of actions.
people-actions = Acciones
people-actions-note = Lo que se ha hecho últimamente con los contactos. Se puede deshacer durante { $days } días; después se elimina lo necesario para deshacerlo.
people-actions-none = Todavía nada
people-actions-none-text = Seleccione contactos y elija qué hacer con ellos: aparecerá aquí y se podrá deshacer.
people-to-contacts = Ir a los contactos
people-actions-what = Qué
people-actions-state = Estado
people-actions-result = Resultado
people-actions-when = Cuándo
people-undone = Deshecho
people-going-on = En curso
people-progress =
    { $done } de { $total ->
        [one] { $total } contacto
       *[other] { $total } contactos
    }
people-bulk-queued = En espera
people-bulk-running = En curso
people-bulk-done = Terminado
people-bulk-cancelled = Cancelado
people-bulk-failed = Fallido

# The bar above a list while somebody is selected, and what it asks.
people-selected = Contactos seleccionados
people-selected-count =
    { $count ->
        [one] { $count } seleccionado
       *[other] { $count } seleccionados
    }
people-select-all =
    { $count ->
        [one] Seleccionar el único que coincide ({ $count })
       *[other] Seleccionar los { $count } que coinciden
    }
people-select-page = Seleccionar la página
people-clear = Anular la selección
people-ask-add = Añadir a una lista
people-ask-add-text =
    { $count ->
        [one] { $count } contacto estará en la lista.
       *[other] { $count } contactos estarán en la lista.
    } Los que ya están en ella se quedan. Se puede deshacer durante { $days } días.
people-ask-remove = Quitar de una lista
people-ask-remove-heading = Quitar de una lista
people-ask-remove-text =
    { $count ->
        [one] { $count } contacto saldrá de la lista.
       *[other] { $count } contactos saldrán de la lista.
    } Los contactos en sí se conservan. Se puede deshacer durante { $days } días.
people-ask-attribute = Asignar un atributo
people-ask-attribute-heading = Asignar un atributo
people-ask-attribute-text =
    { $count ->
        [one] { $count } contacto tendrá este valor.
       *[other] { $count } contactos tendrán este valor.
    } Se sustituye lo que hubiera antes. Se puede deshacer durante { $days } días.
people-ask-clear-text =
    { $count ->
        [one] { $count } contacto dejará de tener este valor.
       *[other] { $count } contactos dejarán de tener este valor.
    } Se puede deshacer durante { $days } días.
people-ask-stop-heading = ¿Dejar de enviar correo a estos contactos?
people-ask-stop-text =
    { $count ->
        [one] { $count } contacto no recibirá más correo, en ninguna lista.
       *[other] { $count } contactos no recibirán más correo, en ninguna lista.
    } Se puede deshacer durante { $days } días.
people-ask-delete-heading = ¿Eliminar estos contactos?
people-ask-delete-text =
    { $count ->
        [one] { $count } contacto se eliminará, con sus atributos y su pertenencia a listas.
       *[other] { $count } contactos se eliminarán, con sus atributos y su pertenencia a listas.
    } Las bajas siguen vigentes. Se puede deshacer durante { $days } días.
people-list = Lista
people-list-none = Elija una lista
people-list-with-count = { $list } ({ $count })
people-choose-list = Elija una lista.
people-attribute = Atributo
people-attribute-clear = Vaciarlo
people-value = Valor
people-value-hint = Texto, un número entero, true o false.
people-stop-why = Motivo
people-stop-asked = Lo han pedido
people-stop-ours = No queremos enviarles correo

# Duplicates: searched for, side by side, merged.
people-duplicates = Duplicados
people-duplicates-note = Contactos que probablemente son la misma persona. No se fusiona nada sin que usted lo indique, y se puede deshacer.
people-duplicates-none = No hay duplicados
people-duplicates-none-text = De los que se encontraron, no queda ninguno por revisar.
people-duplicates-address = Un mismo buzón
people-duplicates-attribute = Mismo valor
people-duplicates-name = Mismo nombre, mismo dominio
people-searching = Buscando
people-contacts-looked-at = Contactos revisados
people-search-hint = Direcciones que llevan al mismo buzón, el mismo nombre en el mismo dominio y, si se desea, el mismo valor de un atributo.
people-search-attribute = También el mismo valor de
people-search-attribute-example = telefono
people-search-cancelled = La última búsqueda se canceló.
people-search-told = { $told } { $when }
people-looked-at =
    { $contacts ->
        [one] { $contacts } contacto revisado
       *[other] { $contacts } contactos revisados
    }, { $groups ->
        [one] { $groups } grupo encontrado
       *[other] { $groups } grupos encontrados
    }.
people-looked-at-left-out =
    { $contacts ->
        [one] { $contacts } contacto revisado
       *[other] { $contacts } contactos revisados
    }, { $groups ->
        [one] { $groups } grupo encontrado
       *[other] { $groups } grupos encontrados
    }. { $values ->
        [one] Se ha omitido { $values } valor
       *[other] Se han omitido { $values } valores
    } que comparten más de { $max } contactos.
people-side-by-side = Comparación
people-field = Campo
people-address = Dirección
people-status = Estado
people-added = Añadido
people-leave-out = Excluir
people-leave-out-whom = Excluir { $address }
people-merge-stays = Se queda
people-merge-goes = Desaparece
people-merge-left-out = Excluido
people-merge-stays-whose = { $address } se queda
people-value-of = { $field }: { $value }, de { $address }
people-merge-hint = Las listas se reúnen. Lo que le falte al que se queda se toma de los demás.
people-merge-warning = { $address } ya no recibe correo: el que se queda tampoco lo recibirá.
people-merge = Fusionar
people-not-the-same = No son la misma persona
people-told-apart = Anotado: no se volverán a mostrar juntos.

# The suppression list.
people-suppressed = Suprimidos
people-suppressed-note = Direcciones a las que nunca se envía correo, en ninguna campaña y se importe lo que se importe.
people-suppressed-search = Buscar por el comienzo de una dirección
people-suppressed-none = Aquí aparece quien cancela la suscripción, presenta una queja o no se puede localizar.
people-suppressed-no-match = No hay coincidencias. Pruebe con menos letras o con todos los motivos.
people-nobody = Nadie
people-reason = Motivo
people-reason-every = Todos los motivos
people-reason-unsubscribed = Baja
people-reason-bad-address = Dirección rechazada
people-reason-complaint = Queja
people-reason-manual = Añadido a mano
people-suppressed-why = Motivo
people-since = Desde
people-origin = Origen
people-origin-campaign = Una campaña
people-origin-action = Una acción
people-origin-preferences = preferencias
people-origin-erased = datos borrados
people-erased-address = Una dirección borrada
people-remove-whom = Quitar { $address }
people-never-mail = No enviar nunca a
people-address-example = nombre@example.com
people-suppressed-done = Ya no se le enviará correo.
people-again = ¿Volver a enviar correo a esta dirección?
people-again-unsubscribed = Después se podrá volver a enviar correo a { $address }. Su titular pidió no recibirlo. Enviárselo sin que lo haya vuelto a solicitar es ilegal en muchos países.
people-again-bad-address = Después se podrá volver a enviar correo a { $address }. El servidor de esta dirección la ha rechazado de forma definitiva. Enviar correo a direcciones así perjudica su reputación.
people-again-complaint = Después se podrá volver a enviar correo a { $address }. Su titular marcó un correo de ustedes como spam. Volver a escribirle perjudica la reputación de todos los que envían desde aquí. Continúe solo si se lo ha pedido.
people-again-manual = Después se podrá volver a enviar correo a { $address }. La añadió alguien de este espacio de trabajo.
people-again-type = Escriba la dirección
people-again-remove = Quitar de la lista
people-again-done = Ya se puede volver a enviar correo a { $address }.

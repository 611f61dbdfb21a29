# The tabs under the head of every page.
contacts-title = Contactos
contacts-tab-lists = Listas
contacts-tab-segments = Segmentos
contacts-tab-attributes = Atributos
contacts-tab-suppressed = Suprimidos
contacts-tab-duplicates = Duplicados
contacts-tab-actions = Acciones

# Whether somebody may be mailed.
contacts-status-active = Activo
contacts-status-unsubscribed = De baja
contacts-status-suppressed = Suprimido

# Everybody.
contacts-add = Añadir un contacto
contacts-search = Buscar por el principio de una dirección
contacts-filter-list = Lista
contacts-filter-all = Todos los contactos
contacts-filter-segment = Segmento
contacts-filter-any-segment = Con o sin segmento
contacts-nobody-title = No hay coincidencias
contacts-nobody-text = La búsqueda mira el principio de las direcciones. Pruebe con menos letras o con todos los contactos.
contacts-empty-title = Aún no hay contactos
contacts-empty-text = Impórtelos desde un archivo CSV o añada uno a mano.
contacts-import-file = Importar un archivo
contacts-select-page = Seleccionar todos los de esta página
contacts-select = Seleccionar { $who }
contacts-column-address = Dirección
contacts-column-status = Estado
contacts-column-added = Añadido

# A contact is added.
contacts-form-lists = Listas
contacts-form-no-lists = Aún no hay listas. { $link }
contacts-form-make-list = Crear una
contacts-consent-label = De dónde procede su consentimiento
contacts-consent-hint = Una frase que se conserva como prueba: “Lo pidió por teléfono el 3 de mayo”. Si se deja vacío, la página indica que no hay constancia.

# Lists.
contacts-lists-title = Listas
contacts-lists-note = Una campaña se envía a una o varias listas.
contacts-lists-new = Una lista nueva
contacts-lists-placeholder = Boletín
contacts-lists-make = Crear
contacts-lists-empty-title = Aún no hay listas
contacts-lists-empty-text = Cree una lista y después importe contactos a ella.
contacts-lists-column-list = Lista
contacts-lists-column-contacts = Contactos
contacts-lists-column-made = Creada
contacts-lists-column-actions = Acciones
contacts-lists-settings = Ajustes
contacts-lists-settings-of = Ajustes de { $name }
contacts-lists-delete-one = Eliminar { $name }
contacts-lists-gone = Se ha eliminado “{ $name }”; sus contactos siguen ahí.
contacts-lists-delete-title = ¿Eliminar esta lista?
contacts-lists-delete-text =
    { $count ->
        [one] “{ $name }”, con { $count } miembro. Los contactos en sí se conservan.
       *[other] “{ $name }”, con { $count } miembros. Los contactos en sí se conservan.
    }
contacts-lists-delete-action = Eliminar la lista

# A list's own page.
contacts-list-note = Cómo se llama la lista y cómo se entra en ella.
contacts-list-contacts = Sus contactos
contacts-list-description = Descripción, para el equipo
contacts-list-seen = Lo que se ve desde fuera
contacts-list-private = No aparece en el centro de preferencias
contacts-list-private-hint = Solo se puede salir de ella dándose de baja de todo.
contacts-list-public-name = Nombre público
contacts-list-public-name-hint = Vacío: el nombre de arriba.
contacts-list-public-description = Descripción pública
contacts-list-double = Doble confirmación
contacts-list-double-check = Quien se suscribe con un formulario confirma antes por correo
contacts-list-double-hint = Hasta entonces no es un contacto y no le llega ninguna campaña.
contacts-list-sender = Nombre del remitente
contacts-list-sender-hint = Vacío: el del espacio de trabajo.
contacts-list-local = Antes de la @
contacts-list-domain = Dominio
contacts-list-domain-none = Aún no hay ningún dominio verificado
contacts-list-domain-choose = Elija un dominio
contacts-list-subject = Asunto
contacts-list-text = Texto
contacts-list-text-hint = Debajo se añaden el botón, de qué se trata y su dirección postal.
contacts-list-after = Se muestra tras la confirmación
contacts-list-after-hint = Vacío: una frase nuestra.
# What stands in the mail until somebody writes it otherwise. A line must not be empty here, or the browser would not have it.
contacts-list-mail-subject = Confirme su suscripción
contacts-list-mail-text =
    Hola:
    {""}
    Gracias por suscribirse. Confirme que desea recibir nuestros correos.

# Attributes.
contacts-attributes-title = Atributos
contacts-attributes-note = Lo que se sabe de un contacto además del nombre y la dirección. En las plantillas se escribe {"{{ contact.name }}"}; los segmentos comparan según el tipo.
contacts-attributes-empty-title = Aún no hay atributos
contacts-attributes-empty-text = Añada uno aquí o importe un archivo: sus columnas se convierten en atributos.
contacts-attributes-new = Un atributo nuevo
contacts-attributes-placeholder = color_favorito
contacts-attributes-type = Tipo
contacts-attributes-column-contacts = Contactos que lo tienen
contacts-attributes-column-actions = Acciones
contacts-attributes-removing = Eliminándose
contacts-attributes-change-type = Cambiar el tipo
contacts-attributes-change-type-of = Cambiar el tipo de { $name }
contacts-attributes-delete-one = Eliminar { $name }
contacts-attribute-kind-text = Texto
contacts-attribute-kind-number = Número
contacts-attribute-kind-yes-no = Sí o no
contacts-attribute-kind-date = Fecha

# Another type for an attribute, and what becomes of the values.
contacts-kind-dialog = Cambiar el tipo
contacts-kind-title = El tipo de “{ $name }”
contacts-kind-choose = Elija otro tipo para ver qué ocurre con los valores.
contacts-kind-looking = Revisando los valores…
contacts-kind-action = Cambiar el tipo
contacts-kind-changed = “{ $name }” tiene ahora otro tipo.
contacts-kind-no-values = Ningún contacto tiene aún un valor.
contacts-kind-all-fit =
    { $count ->
        [one] { $count } valor encaja en el tipo nuevo.
       *[other] { $count } valores encajan en el tipo nuevo.
    }
contacts-kind-misfits =
    { $count ->
        [one] { $misfits } de { $count } valor no encajaría, por ejemplo { $examples }. Se queda como está, pero cuenta como vacío; con el tipo anterior vuelve a valer.
       *[other] { $misfits } de { $count } valores no encajarían, por ejemplo { $examples }. Se quedan como están, pero cuentan como vacíos; con el tipo anterior vuelven a valer.
    }
contacts-kind-segments = Segmentos con condiciones que no se pueden aplicar a este tipo ({ $kind }): { $segments }. Habrá que revisarlos después.
contacts-kind-stale = Los contactos acaban de cambiar: las cifras se están actualizando.

# An attribute is deleted.
contacts-attribute-delete-dialog = Eliminar este atributo
contacts-attribute-delete-title = ¿Eliminar “{ $name }”?
contacts-attribute-delete-text =
    { $count ->
        [one] { $count } contacto lo tiene. Los valores se quitan de los contactos en segundo plano y no se pueden recuperar. Escriba el nombre para continuar.
       *[other] { $count } contactos lo tienen. Los valores se quitan de los contactos en segundo plano y no se pueden recuperar. Escriba el nombre para continuar.
    }
contacts-attribute-delete-name = Su nombre
contacts-attribute-delete-action = Eliminar el atributo
contacts-attribute-deleting = “{ $name }” se está eliminando.

# A contact's values; what is wrong with one stands behind the attribute's name and a colon.
contacts-attribute-fields = Atributos
contacts-attribute-fields-none = Aún no hay atributos. { $link }
contacts-attribute-fields-add = Añadir uno
contacts-attribute-misfit = No encaja en el tipo ({ $kind }): cuenta como vacío.
contacts-value-no-scalar = no es un texto, ni un número, ni sí o no
contacts-value-no-number = “{ $value }” no es un número como 42 o 1.5
contacts-value-no-yes-no = “{ $value }” no es un valor de sí o no, como yes, no, true o false
contacts-value-no-date = “{ $value }” no es una fecha como 2026-11-24

# Imports: how far one is.
contacts-import-uploaded = Por asignar
contacts-import-queued = En espera
contacts-import-running = En curso
contacts-import-done = Terminada
contacts-import-cancelled = Cancelada
contacts-import-failed = Fallida

# A new import, and those there were.
contacts-import-title = Importar
contacts-import-note = Contactos desde un archivo CSV. Quien ya está se actualiza, no se duplica.
contacts-import-uploading = Subiendo… { $percent } %
contacts-import-choose = Elegir un archivo CSV
contacts-import-any = Cualquier separador, cualquier codificación, hasta 512 MB
contacts-import-sent = Parte enviada del archivo
contacts-import-offline = No se ha podido subir el archivo. Compruebe la conexión e inténtelo de nuevo.
contacts-import-empty-title = Aún no hay importaciones
contacts-import-empty-text = Lo que importe aparece aquí con su informe.
contacts-import-column-file = Archivo
contacts-import-column-state = Estado
contacts-import-column-rows = Filas
contacts-import-column-rejected = Rechazadas
contacts-import-column-when = Fecha
contacts-paste-summary = O pegar filas
contacts-paste-rows = Filas
contacts-paste-hint = Tal como se copian de una hoja de cálculo: la primera línea con los nombres de las columnas y después una persona por línea.
contacts-paste-go = Continuar con estas
contacts-paste-file = pegado.csv

# An import is set up.
contacts-map-note = Indique adónde va cada columna. No se importa nada hasta que usted empiece.
contacts-map-how = Cómo se lee el archivo
contacts-map-encoding = Codificación
contacts-map-delimiter = Separador
contacts-map-comma = Coma
contacts-map-semicolon = Punto y coma
contacts-map-tab = Tabulador
contacts-map-pipe = Barra vertical
contacts-map-header = La primera fila es un encabezado
contacts-map-columns = Columnas
contacts-map-columns-region = Las columnas del archivo
contacts-map-column = Columna
contacts-map-samples = Primeros valores
contacts-map-to = Va a
contacts-map-where = Adónde va { $column }
contacts-map-ignore = Ignorar
contacts-map-attribute = Atributo { $name } ({ $kind })
contacts-map-new-attribute = Atributo nuevo { $name }
contacts-map-preview = Vista previa
contacts-map-lists = Listas
contacts-map-no-lists = Aún no hay listas: una campaña necesita una. { $link }
contacts-map-join = Todas las personas del archivo entran en “{ $list }”
contacts-map-consent = Consentimiento
contacts-map-consent-hint = Una frase que se conserva como prueba con cada persona del archivo: “Formulario del boletín en nuestra web, desde 2021”.
contacts-map-start = Empezar la importación
contacts-preview-region = Las primeras filas
contacts-preview-attributes = Atributos
contacts-preview-rejected = Filas que se rechazarían, entre las primeras { $count }
contacts-preview-line = Línea { $line }

# An import that runs, or has run.
contacts-run-read = Parte leída del archivo
contacts-run-rows = Filas
contacts-run-created = Contactos nuevos
contacts-run-updated = Actualizados
contacts-run-rejected = Rechazadas
contacts-run-rejected-file = Filas rechazadas con sus motivos
contacts-run-to-contacts = Ir a los contactos
contacts-run-cancel-title = ¿Cancelar esta importación?
contacts-run-cancel-text = Lo importado hasta ahora se conserva.
contacts-run-cancel-action = Cancelar la importación

# Sign-up forms: the list.
forms-title = Formularios de suscripción
forms-note = Con ellos la gente se une a sus listas: en una página propia o en su sitio web.
forms-new = Un formulario nuevo
forms-new-example = En el sitio web
forms-leads-to = Lleva a
forms-choose-list = Elija una lista.
forms-make = Crear
forms-no-list = Aún no hay ninguna lista
forms-no-list-text = Un formulario lleva a una lista: cree primero una.
forms-to-lists = Ir a las listas
forms-none = Aún no hay formularios
forms-none-text = Cree uno y comparta su página o péguelo en su sitio web.
forms-form = Formulario
forms-sent-in = Enviados
forms-joined = Unidos
forms-confirmed = Confirmados
forms-confirmed-of = { $confirmed } de { $asked }
forms-made = Creado

# A form: what it says, and what came of it.
forms-open = Abrir el formulario
forms-joined-at-once = Unidos al momento
forms-asked = Por confirmar
forms-trapped = Tomados por máquinas
forms-the-form = El formulario
forms-name = Nombre, para el equipo
forms-heading = Encabezado
forms-intro = Texto encima de los campos
forms-button = Botón
forms-accent = Color del botón
forms-lists = Listas
forms-choose = Cada persona marca cuáles de estas quiere
forms-choose-hint = De lo contrario, se une a todas.
forms-consent = Consentimiento
forms-consent-sentence = La frase junto a la casilla
forms-consent-hint = Se guarda como prueba con cada suscripción. Si está vacía, no hay casilla.
forms-afterwards = Después
forms-success = Lo que se muestra
forms-success-hint = Si una lista pide confirmación, debajo se añade una línea sobre el correo.
forms-redirect = O ir a esta página
forms-redirect-hint = Solo https. El formulario indica adónde lleva.
forms-preview = Vista previa
forms-delete = ¿Eliminar este formulario?
forms-delete-text = Se cierran su página y lo que haya en otros sitios web. Quienes se suscribieron permanecen.
forms-delete-button = Eliminar el formulario

# Its fields.
forms-fields = Campos
forms-email-label = Cómo se llama la dirección
forms-add-field = Añadir un campo
forms-kind-text = Texto
forms-kind-number = Número
forms-kind-date = Fecha
forms-kind-yes-no = Sí o no
forms-field = Campo { $label }
forms-fills-in = Rellena
forms-attribute = Atributo
# A name of an attribute: lower case, without accents.
forms-attribute-example = ciudad
forms-label = Etiqueta
forms-needed = Obligatorio
forms-take-away = Quitar { $label }

# How it gets onto a site. What is copied goes on after “Copy”.
forms-on-site = En su sitio web
forms-own-page = Su propia página
forms-copy-address = la dirección
forms-in-frame = En un marco
forms-copy-frame = el marco
forms-as-html = Como HTML simple
forms-copy-html = el HTML
forms-plain-html = Otros sitios web pueden enviar datos sin haberlo cargado
forms-plain-html-hint = Hace falta para el HTML simple. Así se admiten menos suscripciones por dirección de red.

# The form itself, as strangers see it; the editor's preview shows it, too.
forms-optional = { $label } (opcional)
forms-what-you-want = Lo que desea recibir
forms-afterwards-to = Después irá a { $host }.
forms-leave-empty = Deje esto vacío

# What a new form says: in the language of its workspace.
forms-default-title = Sigamos en contacto
forms-default-consent = Sí, deseo recibir correos. Puedo darme de baja en cualquier momento con el enlace que hay en cada correo.
forms-default-button = Suscribirse
forms-default-success = Gracias. Ya está en la lista.

# What is wrong with a draft.
forms-control = Aquí no se permiten caracteres de control.
forms-colour = Escriba el color como # y seis dígitos hexadecimales, por ejemplo #4338ca.
forms-too-many-fields = Un formulario tiene como máximo { $max } campos.
forms-choose-lists = Elija de una a { $max } listas.
forms-attribute-wrong = «{ $name }»: { $why }
forms-field-twice = Un campo está repetido. Quite uno.
forms-redirect-whole = Escriba una dirección completa que empiece por https://.
forms-redirect-wrong = Esta dirección no se puede usar. Escriba https://, un dominio y una ruta.

# The list.
segments-title = Segmentos
segments-note = Contactos según una regla: quién está en cada uno se busca de nuevo cada vez.
segments-new = Nuevo segmento
segments-empty = Todavía no hay segmentos
segments-empty-text = Por ejemplo: todas las personas de París que hayan abierto algo en los últimos 30 días.
segments-updating = Actualizándose
segments-needs-a-look = Requiere revisión
segments-segment = Segmento
segments-contacts = Contactos
segments-changed = Modificado
segments-actions = Acciones
segments-show-contacts-of = Mostrar los contactos de { $name }

# The builder.
segments-new-title = Un segmento nuevo
segments-show-contacts = Mostrar los contactos
segments-about-to-be-sent = A punto de enviarse a este segmento: { $campaigns }. Lo que cambie aquí cambia quién lo recibe.
segments-delete-title = ¿Eliminar este segmento?
segments-delete-text = Los contactos en sí se conservan. Las campañas enviadas mantienen sus destinatarios.
segments-delete-yes = Eliminar el segmento
segments-rule = Regla
segments-group = Grupo
segments-matching-rule = Cómo se combinan las condiciones
segments-matching-group = Cómo se combinan las condiciones del grupo
segments-all = Se cumplen todas
segments-any = Se cumple alguna
segments-remove-group = Quitar el grupo
segments-add-condition = Condición
segments-add-group = Grupo
segments-found = Resultado
segments-counting = Contando…
segments-finish = Complete las condiciones para ver a quién encuentran.
segments-found-of =
    { $count ->
        [one] { $found } de { $count } contacto
       *[other] { $found } de { $count } contactos
    }
segments-newest = Los más recientes
segments-found-hint = El texto se compara sin distinguir mayúsculas y minúsculas. “No es” también encuentra a quienes no tienen valor. Las aperturas y los clics cuentan una vez por campaña, la primera. “Contiene” mira los primeros 256 caracteres.

# A condition: the field, what is asked of it, the value.
segments-field = Campo
segments-field-created = Fecha de alta
segments-field-status = Estado
segments-field-list = Lista
segments-field-campaign = Campaña
segments-field-received = Ha recibido una campaña
segments-field-opened = Ha abierto una campaña
segments-field-clicked = Ha hecho clic en una campaña
segments-fields-contact = Contacto
segments-fields-attributes = Atributos
segments-fields-lists = Listas
segments-fields-activity = Actividad
segments-attribute-gone = { $name } (eliminado)
segments-comparison = Comparación
segments-remove-condition = Quitar esta condición
segments-choose-list = Elegir una lista
segments-any-campaign = Cualquier campaña
segments-not-listed = Una que no aparece aquí
segments-value = Valor
segments-days = Días
segments-days-unit = días
segments-from = Desde
segments-and = y
segments-to = Hasta

# What is asked, between the field and the value.
segments-op-in = está en
segments-op-not-in = no está en
segments-op-on = es el
segments-op-is = es
segments-op-is-not = no es
segments-op-contains = contiene
segments-op-contains-not = no contiene
segments-op-starts-with = empieza por
segments-op-empty = está vacío
segments-op-not-empty = no está vacío
segments-op-greater = es mayor que
segments-op-less = es menor que
segments-op-between = está entre
segments-op-before = es anterior al
segments-op-after = es posterior al
segments-op-in-last = en los últimos … días
segments-op-not-in-last = no en los últimos … días
segments-op-ever = alguna vez
segments-op-never = nunca
segments-op-yes = es sí
segments-op-no = es no

# Whether a contact is mailed, and why not.
segments-standing-active = Activo
segments-standing-unsubscribed = De baja
segments-standing-suppressed = Suprimido, por cualquier motivo
segments-standing-bad-address = Suprimido: la dirección no funciona
segments-standing-complaint = Suprimido: ha presentado una queja
segments-standing-manual = Suprimido a mano

# What is wrong with a rule.
segments-wrong-no-attribute = El atributo “{ $name }” ya no existe. Elija otro.
segments-wrong-op = Esta comparación ya no es posible con este campo. Elija otra.
segments-wrong-no-list = Elija una lista.
segments-wrong-no-value = Escriba un valor.
segments-wrong-long = Use { $max } caracteres como máximo.
segments-wrong-days = Escriba un número de días de 1 a { $max }.
segments-wrong-number = Escriba un número, como 42 o 1.5.
segments-wrong-numbers = El primer número es mayor que el segundo.
segments-wrong-date = Escriba una fecha, como 2026-11-24.
segments-wrong-dates = La primera fecha es posterior a la segunda.
segments-wrong-status = Elija un estado.
segments-wrong-deep = Los grupos se pueden anidar hasta { $max } niveles, no más.
segments-wrong-empty = Un grupo está vacío. Añádale una condición o quítelo.
segments-wrong-many = Use { $max } condiciones y grupos como máximo.

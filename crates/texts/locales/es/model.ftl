# Checks that both the browser and the server run.

# An address goes on after “This address”; a domain's name after “This”.
model-email-empty = está vacía
model-email-long = es más larga de lo que puede ser una dirección
model-email-no-at = no tiene @
model-email-no-local = no tiene nada antes de la @
model-email-long-local = tiene más de { $max } caracteres antes de la @
model-email-letters = tiene letras antes de la @ que los servidores de correo no aceptan
model-email-character = tiene un carácter no permitido antes de la @
model-email-dot = tiene un punto mal colocado antes de la @
model-domain-none = no tiene dominio
model-domain-wrong = tiene un dominio que no es válido
model-domain-no-dot = tiene un dominio sin punto

# Names and passwords.
model-needed = Este dato es necesario.
model-too-short = Use al menos { $min } caracteres.
model-too-long = Use { $max } caracteres como máximo.
model-control = Aquí no se permiten saltos de línea ni caracteres de control.
model-attribute-letter = El nombre de un atributo empieza por una letra.
model-attribute-characters = Use como máximo { $max } letras, cifras y guiones bajos.
model-attribute-taken = Ese nombre es el de un campo que tienen todos los contactos.

# What is not there. The word chooses the sentence.
model-no-such =
    { $what ->
        [action] Esa acción no existe.
        [attribute] Ese atributo no existe.
        [campaign] Esa campaña no existe.
        [contact] Ese contacto no existe.
        [domain] Ese dominio no existe.
        [file] Ese archivo no existe.
        [file-of-rejected-rows] Ese archivo de filas rechazadas no existe.
        [form] Ese formulario no existe.
        [group] Ese grupo no existe.
        [import] Esa importación no existe.
        [invitation] Esa invitación no existe.
        [link] Ese enlace no existe.
        [list] Esa lista no existe.
        [logo] Ese logotipo no existe.
        [member] Ese miembro no existe.
        [page] Esa página no existe.
        [segment] Ese segmento no existe.
        [session] Esa sesión no existe.
        [suppressed-address] Esa dirección suprimida no existe.
        [team] Ese equipo no existe.
        [tracking-domain] Ese dominio de seguimiento no existe.
        [workspace] Ese espacio de trabajo no existe.
       *[other] No existe: { $name }.
    }

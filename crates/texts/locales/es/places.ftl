# The pages' names: in the frame, over lists and charts, in the search.
places-dashboard = Panel
places-campaigns = Campañas
places-contacts = Contactos
places-import = Importar
places-forms = Formularios
places-domains = Dominios
places-settings = Ajustes

# The frame around every page.
places-skip = Ir al contenido
places-menu = Menú
# The navigation, for screen readers.
places-main = Principal
places-sign-out = Cerrar sesión
places-workspace = Espacio de trabajo
places-new-workspace = Nuevo espacio de trabajo
# For the owner, with a link.
places-closing-own = Este espacio de trabajo se eliminará el { $when }. Ya no se envía nada desde él. { $restore }
places-closing-restore = Restaurarlo
places-closing = Este espacio de trabajo se eliminará el { $when }. Ya no se envía nada desde él. Su propietario puede restaurarlo.

# The search over everything: what it lists.
places-pages = Páginas
places-actions = Acciones
places-lists = Listas
places-segments = Segmentos
places-attributes = Atributos
places-suppressions = Direcciones suprimidas
places-duplicates = Duplicados
places-contact-actions = Acciones sobre contactos
places-sign-up-forms = Formularios de alta
places-settings-workspace = Ajustes: espacio de trabajo
places-settings-sending = Ajustes: envío
places-settings-data = Ajustes: datos
places-settings-team = Ajustes: equipo
places-settings-account = Ajustes: su cuenta
places-settings-audit = Ajustes: registro de auditoría
places-add-contact = Añadir un contacto
places-import-file = Importar un archivo
places-new-campaign = Nueva campaña
places-add-domain = Añadir un dominio
places-theme = Cambiar el tema
# Beside a campaign's name.
places-campaign-state =
    { $state ->
        [draft] borrador
        [scheduled] programada
        [preparing] en preparación
        [sending] enviándose
        [paused] pausada
        [finished] terminada
       *[cancelled] cancelada
    }

# The search over everything: around the list.
places-find = Buscar
places-find-what = Buscar una página, una campaña o un contacto
places-find-hint = Una página, una campaña, el comienzo de una dirección
places-found = Resultados
places-searching = Buscando…
places-nothing-found = Sin resultados

# The table of shortcuts.
places-shortcuts = Atajos de teclado
places-keys-what = Qué hace
places-keys = Teclas
places-keys-mac = Lo mismo en un Mac
places-keys-search = Buscar en esta página
places-keys-send = Enviar el formulario en uso
places-keys-help = Mostrar estos atajos
places-keys-close = Cerrar lo que está abierto
# Two keys, one after the other.
places-keys-then = { $first } y luego { $second }

# The dashboard: first steps.
places-steps = Primeros pasos
places-steps-done = { $done } de { $of } completados
places-step-done = Hecho
places-step-domain = Verificar su dominio de envío
places-step-domain-text = Cinco registros DNS, comprobados por usted.
places-step-contacts = Importar sus contactos
places-step-contacts-text = Desde un archivo CSV, con un informe.
places-step-address = Indicar su dirección postal
places-step-address-text = Figura al pie de cada mensaje masivo, como exige la ley.
places-step-send = Enviar su primera campaña
places-step-send-text = Escribirla, revisarla y enviarla.
places-step-send-begun = Ya ha empezado una: revísela y envíela.

# The dashboard: what was sent.
places-accepted = Aceptados
places-accepted-lately = Aceptados, 30 días
places-opened = Aperturas
places-clicked = Clics
places-unsubscribed = Bajas
places-failed = Fallidos
places-lately = Los últimos 30 días
places-lately-chart = Aceptados, aperturas y clics por día
places-newest = Campañas más recientes
places-no-campaigns = Aún no hay campañas
places-no-campaigns-text = Una campaña es un mensaje para una o más listas.
places-write-campaign = Escribir una campaña

# The front page.
places-landing-title = Correo que llega, y la prueba de lo que ocurrió con él.
places-landing-lead = Envíe campañas desde dominios avalados por el DNS. Cada destinatario tiene una fila que dice qué fue del mensaje: en cola, aceptado con las palabras del propio servidor, aplazado, rechazado u omitido, y por qué.
places-sign-in = Iniciar sesión
places-make-workspace = Crear un espacio de trabajo
places-isolated = Aislado por la base de datos
places-isolated-text = Es la propia base de datos la que niega las filas de un espacio de trabajo a todos los demás, no un filtro que alguien pueda olvidar.
places-vouched = Nada sale sin aval
places-vouched-text = La propiedad, DKIM, SPF, DMARC y la ruta de retorno se verifican por completo, o no se envía nada.
places-one-click = Un clic para darse de baja
places-one-click-text = La baja se respeta al instante, también en los mensajes que ya están en cola.
places-security = Seguridad

# An address that leads nowhere.
places-missing-title = No encontrado
places-missing = Esta página no existe
places-missing-text = Puede que la dirección esté mal escrita o que lo que había aquí ya no exista.
places-to-dashboard = Ir al panel

# What cannot be told more exactly.
places-unreachable = No se puede contactar con el servidor. Compruebe la conexión e inténtelo de nuevo.
places-went-wrong = Algo ha salido mal. Inténtelo de nuevo.

# The public Security page.
security-title = Seguridad
security-lead-heading = Lo suyo sigue siendo suyo.
security-lead = Cómo protege esta plataforma las cuentas, los contactos y el nombre de su dominio. Aquí no figura nada que solo esté previsto.
security-layers = Capas
security-practices = Prácticas
security-rows = La palabra pequeña debajo de cada línea es una fila de docs/SECURITY-MODEL.md en el código fuente. Esa fila indica dónde se impone y qué prueba lo verifica, y el documento dice con la misma claridad qué no está protegido.

# Whom to tell of a hole: an address, and the name of a file.
security-report = Avisos
security-report-text = Si ha encontrado un fallo de seguridad, escriba a { $contact }. Denos tiempo para corregirlo antes de publicarlo, por favor. Respondemos en un plazo de tres días laborables.
security-report-programs = Lo mismo para programas: { $file }.

# Layers: each a name and a sentence.
security-isolation = Aislamiento
security-isolation-text = La propia base de datos niega a cualquier otro espacio de trabajo los contactos, las campañas, los informes y los ajustes del suyo.
security-roles = Roles
security-roles-text = Lo que un miembro puede leer o cambiar depende de su rol, mediante permisos que impone la base de datos.
security-passwords = Contraseñas
security-passwords-text = Nunca se guardan en texto legible: cada una pasa por argon2id con una sal propia y nadie puede volver a leerla.
security-sealed-secrets = Claves de firma
security-sealed-secrets-text = Las claves privadas de sus dominios se guardan selladas con AES-256-GCM, bajo una clave que no está en la base de datos.
security-vouched-domains = Prueba del dominio
security-vouched-domains-text = Ninguna campaña comienza antes de que el DNS muestre que el dominio es suyo, con SPF, DKIM, DMARC y la ruta de retorno en su sitio.
security-dkim-signatures = Mensajes firmados
security-dkim-signatures-text = Los mensajes de todas las campañas llevan una firma DKIM de una clave RSA de 2048 bits, creada solo para su dominio.
security-transport = En tránsito
security-transport-text = El correo sale con TLS 1.2 o 1.3 siempre que el otro servidor lo admita; el informe indica para cada destinatario si fue así.

# Practices.
security-scanner-safe = Suscripciones confirmadas
security-scanner-safe-text = Si una lista lo pide, nadie recibe correos antes de pulsar un botón tras un enlace en su propio buzón; un escáner que abra el enlace no cambia nada.
security-erasure = Borrado
security-erasure-text = Quien lo pide y lo confirma por correo desaparece de todas las tablas; un hash con clave impide que su dirección se importe de nuevo.
security-session-cookie = Sesiones
security-session-cookie-text = Una sesión es una cookie que ningún script puede leer; si a la instancia se llega por https, solo viaja por https.
security-session-store = Guardado como hash
security-session-store-text = La base de datos guarda cada sesión solo bajo un hash de su nombre: una copia de la base de datos no entrega ninguna sesión a nadie.
security-throttled-sign-in = Adivinar contraseñas
security-throttled-sign-in-text = Las contraseñas equivocadas frenan al lugar de donde vienen; el titular de la cuenta entra desde cualquier otro.
security-common-passwords = Contraseñas comunes
security-common-passwords-text = Una contraseña tiene al menos diez caracteres, y se rechazan las que están entre las primeras que se prueban.
security-unknown-addresses = Sin pistas
security-unknown-addresses-text = Iniciar sesión, registrarse y restablecer la contraseña responden lo mismo, tenga o no cuenta una dirección.
security-mail-links = Enlaces en nuestros correos
security-mail-links-text = Un enlace que confirma una dirección o establece una contraseña nueva sirve una vez y solo para ese fin.
security-entry-rate = Límites de frecuencia
security-entry-rate-text = Iniciar sesión, registrarse y restablecer la contraseña tienen un límite por cada dirección de internet de la que llegan esas solicitudes.
security-csrf = Solicitudes desde fuera
security-csrf-text = Se rechaza todo cambio en su espacio de trabajo que la página de otro sitio haga pedir a su navegador, con o sin sesión iniciada.
security-content-policy = Política de contenido
security-content-policy-text = Las páginas ejecutan únicamente los scripts de la plataforma; el que va dentro de una página necesita una palabra que es nueva cada vez.
security-validated-input = Datos comprobados
security-validated-input-text = Las direcciones, los dominios, los nombres y los campos se comprueban en el servidor, haya dejado pasar lo que sea el navegador.
security-body-limits = Solicitudes acotadas
security-body-limits-text = Todo lo que se envía a la plataforma tiene un tamaño máximo, y el servidor lo va contando mientras llega.
security-template-limits = Plantillas
security-template-limits-text = La plantilla de un mensaje se ejecuta con límites de pasos, profundidad y tamaño, y no alcanza más que los campos de su destinatario.
security-sandboxed-html = Mensajes como páginas
security-sandboxed-html-text = Un mensaje que se mira en el navegador queda encerrado en un entorno aislado, donde no actúa ningún script ni ningún formulario.
security-no-open-redirect = Enlaces con seguimiento
security-no-open-redirect-text = Un enlace con seguimiento lleva adonde indicó el autor de la campaña y a ningún otro sitio; uno alterado no lleva a ninguna parte.
security-harmless-get = Abiertos por programas
security-harmless-get-text = Los escáneres que siguen un enlace de un correo no dan de baja a nadie ni confirman nada: hace falta un botón.
security-unsubscribe-at-once = Darse de baja
security-unsubscribe-at-once-text = La baja vale de inmediato y para todas las campañas del espacio de trabajo, incluidos los mensajes que ya están en cola.
security-refused-addresses = Direcciones rechazadas
security-refused-addresses-text = Una dirección que su servidor de correo rechaza de forma definitiva queda excluida desde entonces, lo que protege su reputación.

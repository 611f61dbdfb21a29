# Signing in, and the code of the second factor.
accounts-sign-in = Iniciar sesión
accounts-reset-done = La nueva contraseña está guardada. Inicie sesión con ella.
accounts-password = Contraseña
accounts-forgot-ask = ¿Ha olvidado la contraseña?
accounts-security = Seguridad
accounts-enter-code = Introduzca su código
accounts-code = Código
accounts-code-hint = El de su aplicación de autenticación o uno de sus códigos de recuperación.
accounts-code-too-late = Ha pasado demasiado tiempo. Inicie sesión de nuevo con su contraseña.
accounts-start-again = Empezar de nuevo
accounts-sign-out = Cerrar sesión

# The language: the switch at the foot, and what is not offered.
accounts-language = Idioma
accounts-language-unknown = No existe ese idioma. Elija uno de la lista.

# Signing up, and the first owner's set-up.
accounts-sign-up = Crear un espacio de trabajo
accounts-sign-up-do = Registrarse
accounts-sign-up-sent = Hemos enviado un enlace a { $email }. Ábralo para confirmar la dirección; es válido durante tres días.
accounts-sign-in-instead = Ya tengo cuenta: iniciar sesión
accounts-check-mail = Revise su correo
accounts-your-name = Su nombre
accounts-workspace = Espacio de trabajo
accounts-workspace-hint = Por ejemplo, el nombre de su empresa.
accounts-password-hint = Al menos 10 caracteres. Mejor larga que complicada.
accounts-make-workspace = Crear el espacio de trabajo
accounts-operator-only = Solo quien administra esta instancia crea espacios de trabajo.
accounts-set-up = Configuración inicial
accounts-set-up-instance = Configurar esta instancia
accounts-set-up-what = Usted será su primer propietario. Este enlace funciona una sola vez.

# A further workspace, or none.
accounts-new-workspace = Nuevo espacio de trabajo
accounts-nowhere = No pertenece a ningún espacio de trabajo
accounts-nowhere-why = Ha iniciado sesión como { $email }. Los espacios de trabajo a los que pertenecía ya no existen o ya no forma parte de ellos. Un administrador puede volver a invitarle: el enlace de ese correo le llevará de vuelta.
accounts-further = Otro espacio de trabajo
accounts-further-what = Tiene sus propios contactos, dominios y miembros, y usted es su propietario. Puede cambiar de un espacio de trabajo a otro en el menú.
accounts-workspace-name = Nombre del espacio de trabajo
accounts-back-to-dashboard = Volver al panel

# By a link in a mail: confirming, “that was not me”, a forgotten password.
accounts-confirm = Confirme su dirección
accounts-confirm-do = Confirmar e iniciar sesión
accounts-not-you = ¿No ha sido usted?
accounts-end-all-what = Cierre de inmediato todas las sesiones de su cuenta, en todos los navegadores.
accounts-end-all = Cerrar todas las sesiones
accounts-all-ended = Se han cerrado todas las sesiones
accounts-all-ended-next = Ya no hay ninguna sesión abierta en su cuenta. Establezca ahora una nueva contraseña: quien entró puede conocer la anterior.
accounts-set-new-password = Establecer una nueva contraseña
accounts-forgot = Contraseña olvidada
accounts-forgot-sent = Si { $email } tiene una cuenta, ya va en camino un enlace para establecer una nueva contraseña. Es válido durante una hora.
accounts-send-link = Enviar un enlace
accounts-back-to-sign-in = Volver al inicio de sesión
accounts-new-password-title = Una nueva contraseña
accounts-new-password = Nueva contraseña
accounts-new-password-hint = Al menos 10 caracteres. Se cerrarán todas las sesiones.
accounts-set-password = Guardar la contraseña

# Roles. Within a sentence they are written in lower case.
accounts-role-owner = Propietario
accounts-role-admin = Administrador
accounts-role-marketer = Marketing
accounts-role-agent = Agente
accounts-role-viewer = Observador

# What a role may do: docs/ROLES.md repeats these, letter by letter.
accounts-right-read-contacts = Ver contactos, listas y dominios
accounts-right-read-campaigns = Ver campañas, informes y quién las recibió
accounts-right-read-team = Ver los miembros y los equipos de agentes
accounts-right-send = Modificar contactos y listas, importar, redactar y enviar campañas
accounts-right-admin = Añadir dominios, invitar y quitar miembros, cambiar los ajustes, consultar el registro de auditoría
accounts-right-teams = Crear y modificar equipos, el logotipo, el remitente, el dominio de seguimiento y el tiempo de conservación de los datos
accounts-right-own = Transferir el espacio de trabajo a otro propietario
accounts-right-delete = Eliminar el espacio de trabajo y restaurarlo

# A browser that somebody signed in with.
accounts-device-on = { $browser } en { $system }
accounts-device-some = Un navegador en { $system }
accounts-device-unknown = Navegador desconocido

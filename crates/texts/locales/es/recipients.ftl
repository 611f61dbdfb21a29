# Pages that recipients and strangers reach by a link, in the language of the workspace.

# A link or a form that is not good.
recipients-no-link = Este enlace no es válido
recipients-form-closed = Este formulario está cerrado
recipients-not-there = Puede que se haya cerrado o que el enlace no esté completo.
recipients-link-old = Este enlace ya no es válido

# Where the unsubscribe link leads. The first is title and button.
recipients-leave = Cancelar la suscripción
recipients-leave-ask = ¿Desea dejar de recibir todos los correos de { $workspace } en { $email }?
recipients-leave-at-once = Tiene efecto de inmediato.
recipients-left = Suscripción cancelada
recipients-left-text = { $email } ya no recibirá correos de { $workspace }.
recipients-to-preferences = Elegir listas, ver o borrar sus datos

# After a form was sent in, or when it was not taken. “lead” is the text before it.
recipients-one-step = Falta un paso:
recipients-one-step-text = { $lead } abra su correo, siga el enlace que le hemos enviado y pulse el botón. Si no llega nada, mire en la carpeta de correo no deseado o suscríbase de nuevo dentro de unos minutos.
recipients-too-many = Demasiados a la vez
recipients-too-many-text =
    Alguien se suscribió hace un momento desde su misma dirección de red. Inténtelo de nuevo dentro de { $seconds ->
        [one] { $seconds } segundo
       *[other] { $seconds } segundos
    }.
recipients-again = Revíselo una vez más y envíelo de nuevo, por favor.

# Behind a confirmation's link. The list's names stand under the text.
recipients-confirm = Confirme su suscripción
recipients-confirm-text = Recibirá correos de { $workspace } en cuanto pulse el botón. Se une a:
recipients-confirm-button = Confirmar
recipients-confirm-not-me = Si no se ha suscrito, cierre esta página: no se envía nada.
recipients-confirm-old = Sirve durante siete días. Suscríbase de nuevo para recibir otro.
recipients-confirmed = Confirmado
recipients-confirmed-text = A partir de ahora recibirá correos de { $workspace }.

# The preference centre.
recipients-preferences = Sus preferencias
recipients-preferences-whose = { $email } en { $workspace }
recipients-preferences-asked = Abra su correo: el enlace que contiene permite continuar. Hasta entonces no se borra nada.
recipients-lists = Listas
recipients-lists-yours = Está en estas listas
recipients-lists-none = No hay ninguna lista que elegir.
recipients-mail = Todos los correos
recipients-mail-stopped = A esta dirección ya no se envían correos.
recipients-mail-left = Ha cancelado la suscripción: no recibe correos, marque lo que marque arriba.
recipients-mail-return = Volver a recibir correos
recipients-mail-leave-text = Ningún correo más, sea cual sea la lista. Tiene efecto de inmediato.
recipients-mail-leave = Cancelar todas las suscripciones
recipients-data = Sus datos
recipients-data-text = Un archivo con todo lo que se guarda aquí sobre usted.
recipients-data-download = Descargar mis datos
recipients-data-erase-text = Todo lo relativo a usted se borra para siempre. Antes, un correo le pedirá que lo confirme.
recipients-data-erase = Borrar mis datos

# Behind an erasure's link.
recipients-erase = Borrar sus datos
recipients-erase-text = Se borra todo lo que { $workspace } guarda sobre usted: su nombre y lo que haya indicado, sus listas, las notas y lo que abrió. De los correos que recibió solo queda que se enviaron, no a quién. Esto no se puede deshacer.
recipients-erase-button = Borrarlo todo
recipients-erase-not-me = Si no lo ha pedido, cierre la página: no cambia nada.
recipients-erase-old = Sirve durante siete días. Vuelva a pedirlo en sus preferencias.
recipients-erased = Sus datos se han borrado
recipients-erased-text = Ya no se guarda nada sobre usted, salvo una marca que impide que su dirección se añada de nuevo.

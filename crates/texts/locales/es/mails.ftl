# Mails of the instance to members: subjects and bodies, as plain text. Blank lines within a body are part of it.

# What stands in several.
mail-hello = Hola:
mail-hello-name = Hola, { $name }:
mail-minute =
    { $day } { $month ->
        [jan] ene
        [feb] feb
        [mar] mar
        [apr] abr
        [may] may
        [jun] jun
        [jul] jul
        [aug] ago
        [sep] sep
        [oct] oct
        [nov] nov
       *[dec] dic
    } { $year }, { $time } UTC
mail-date =
    { $day } de { $month ->
        [jan] enero
        [feb] febrero
        [mar] marzo
        [apr] abril
        [may] mayo
        [jun] junio
        [jul] julio
        [aug] agosto
        [sep] septiembre
        [oct] octubre
        [nov] noviembre
       *[dec] diciembre
    } de { $year }, { $time } UTC

# Somebody signed up, or tried to sign in before the address was confirmed.
mail-confirm-subject = Confirme su dirección para { $instance }
mail-confirm-body =
    { $hello }

    Abra este enlace para confirmar su dirección:

    { $link }

    Funciona una sola vez, durante tres días. Si no se ha registrado, no tiene que hacer nada.

# Somebody signed up with an address that has an account.
mail-already-subject = Ya tiene una cuenta en { $instance }
mail-already-body =
    Hola:

    Alguien, probablemente usted, se ha registrado con esta dirección, pero ya tiene una cuenta. Inicie sesión aquí:

    { $link }

    Si ha olvidado la contraseña, puede restablecerla en esa misma página.

# The password was forgotten.
mail-reset-subject = Una contraseña nueva para { $instance }
mail-reset-body =
    Hola:

    Abra este enlace para establecer una contraseña nueva:

    { $link }

    Funciona una sola vez, durante una hora. Si no la ha solicitado, no tiene que hacer nada: su contraseña no cambia.

# Into a workspace.
mail-invite-subject = { $by } le invita a { $workspace }
mail-invite-body =
    Hola:

    { $by } le invita al espacio de trabajo { $workspace } en { $instance }, con el rol { $role }. Abra este enlace para aceptar:

    { $link }

    Funciona una sola vez, durante siete días. Si no sabe de qué se trata, no tiene que hacer nada.

# A browser that was not seen before.
mail-device-subject = Un nuevo inicio de sesión en { $instance }
mail-device-body =
    Hola:

    Alguien ha iniciado sesión en su cuenta desde un navegador que no se había usado antes:

      cuándo: { $at }
      desde: { $address }
      navegador: { $device }

    Si ha sido usted, no tiene que hacer nada. Si no, abra este enlace y cierre de inmediato todas las sesiones de su cuenta; funciona una sola vez, durante siete días:

    { $link }

    Después establezca una contraseña nueva.

# A domain's DNS records are wrong now. What was found begins in the same column, of 13, as what should be.
mail-drift-subject = { $domain } no puede enviar: un registro DNS no es correcto
mail-drift-body =
    Hola:

    Los registros DNS de { $domain } ya no contienen lo que { $instance } necesita para enviar correo desde ese dominio. { $held ->
        [0] No se estaba enviando ninguna campaña desde él; no empezará ninguna hasta que se corrija.
        [one] Se ha pausado una campaña que se estaba enviando desde él.
       *[other] Se han pausado { $held } campañas que se estaban enviando desde él.
    }

    { $records }

    Los registros se vuelven a comprobar cada cinco minutos. Aquí están todos:

    { $link }
mail-drift-record =
    { $what } ({ $kind } { $host })
    {"  "}hay ahora: { $found }
    {"  "}debe ser:  { $value }
mail-drift-nothing = nada

# The end of a workspace: asked for, and two days before.
mail-closing-subject = { $workspace } se eliminará
mail-closing-body =
    Hola:

    { $by } ha solicitado eliminar el espacio de trabajo { $workspace } en { $instance }. Ya no se envía nada desde él. El { $due } se eliminará definitivamente todo su contenido: contactos, campañas, informes y ajustes.

    Hasta entonces puede restaurarlo aquí:

    { $link }
mail-closing-soon-subject = { $workspace } se eliminará pronto
mail-closing-soon-body =
    Hola:

    El espacio de trabajo { $workspace } en { $instance } y todo su contenido se eliminarán definitivamente el { $due }. Este es el último correo al respecto. Hasta entonces puede restaurarlo aquí:

    { $link }

# From a workspace to a recipient, in the workspace's language: a sign-up to be confirmed. The last stands under the link, before the postal address.
mail-recipient-confirm-text = Confirme, por favor, que desea recibir correos de { $workspace }.
mail-recipient-confirm-button = Confirmar
mail-recipient-confirm-why = Recibe este correo porque alguien, probablemente usted, indicó esta dirección para unirse a: { $lists } ({ $workspace }). El enlace sirve durante siete días. Si no fue usted, no haga nada: no se envía nada.

# An erasure to be confirmed.
mail-recipient-erase-subject = Borrar sus datos en { $workspace }
mail-recipient-erase-text = Alguien, probablemente usted, pidió a { $workspace } que borre todo lo que guarda sobre esta dirección. Abra el enlace y pulse el botón para continuar.
mail-recipient-erase-button = Continuar
mail-recipient-erase-until = El enlace sirve durante siete días. Si no fue usted, no haga nada: no cambia nada.

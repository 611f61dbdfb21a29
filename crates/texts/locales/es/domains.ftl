# The list.
domains-title = Dominios
domains-note = El correo solo sale de dominios que el DNS respalda.
domains-add = Añadir un dominio
domains-empty = Todavía no hay dominios
domains-empty-text = Añada el dominio desde el que sale su correo. Recibirá cinco registros DNS para publicar; se comprueban hasta que sean correctos.
domains-domain = Dominio
domains-status = Estado
domains-last-check = Última comprobación
domains-status-pending = Sin verificar
domains-status-verified = Verificado
domains-status-drifted = Un registro es incorrecto

# One domain with its records.
domains-says-verified = Todos los registros son correctos: el correo puede salir de este dominio.
domains-says-drifted = Algo ha cambiado en el DNS. No se envía nada desde este dominio hasta que el registro de abajo vuelva a ser correcto.
domains-says-pending = Publique estos registros en su proveedor de DNS. Se comprueban automáticamente; no se envía nada antes de que todos sean correctos.
domains-check = Comprobar ahora
domains-checking = Comprobando. El resultado aparecerá aquí.
domains-checked = Última comprobación: { $when }
domains-remove-title = ¿Quitar este dominio?
domains-remove-text = Su clave se elimina. Las campañas de { $domain } ya no se podrán enviar. Los registros DNS también pueden borrarse.
domains-remove-yes = Quitar el dominio
domains-purpose-ownership = Propiedad
domains-purpose-return-path = Ruta de retorno
domains-record-unchecked = Aún sin comprobar
domains-record-pass = Correcto
domains-record-missing = No encontrado
domains-record-wrong = Incorrecto
domains-record-no-answer = Sin respuesta
domains-record-value = Valor
domains-record-found = Encontrado
# After “Copy”, read out.
domains-record-name-label = el nombre del registro { $record }
domains-record-value-label = el valor del registro { $record }

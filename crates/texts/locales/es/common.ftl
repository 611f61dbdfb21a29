# What is said in many places. An id here has no prefix.
save = Guardar
saved = Guardado.
saved-mark = Guardado
cancel = Cancelar
close = Cerrar
delete = Eliminar
remove = Quitar
keep = Conservar
change = Cambiar
add = Añadir
undo = Deshacer
copy = Copiar
copied = Copiado
export = Exportar
search = Buscar
loading = Cargando
name = Nombre
email = Correo electrónico
first-name = Nombre de pila
last-name = Apellidos
yes = Sí
no = No
contacts-count =
    { $count ->
        [one] { $count } contacto
       *[other] { $count } contactos
    }
ui-added-changed = Añadido { $added }, modificado { $changed }

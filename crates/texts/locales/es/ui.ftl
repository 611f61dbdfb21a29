# Numbers. The share is written as the language writes it already. The space does not break.
ui-percent = { $share } %

# Times.
ui-month =
    { $number ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sep
        [10] oct
        [11] nov
       *[12] dic
    }
ui-day = { $day } { $month }
ui-date = { $day } { $month } { $year }
# A day and the time of it, as under a chart.
ui-day-time = { $day } { $time }
# A date and the time of it.
ui-moment = { $date }, { $time }
ui-utc = { $date }, { $time } UTC
ui-just-now = ahora mismo
ui-minutes-ago =
    { $count ->
        [one] hace { $count } minuto
       *[other] hace { $count } minutos
    }
ui-in-minutes =
    { $count ->
        [one] dentro de { $count } minuto
       *[other] dentro de { $count } minutos
    }
ui-hours-ago =
    { $count ->
        [one] hace { $count } hora
       *[other] hace { $count } horas
    }
ui-in-hours =
    { $count ->
        [one] dentro de { $count } hora
       *[other] dentro de { $count } horas
    }
ui-days-ago =
    { $count ->
        [one] hace { $count } día
       *[other] hace { $count } días
    }
ui-in-days =
    { $count ->
        [one] dentro de { $count } día
       *[other] dentro de { $count } días
    }

# Charts.
ui-chart-table = Como tabla
ui-chart-table-of = { $label }, como tabla
ui-chart-keys = { $label }. Las teclas de flecha leen cada valor.
# Before the sums of everything that is shown.
ui-chart-sum = En total
ui-chart-highest = máximo: { $count }
# Over the first column of the table behind a chart.
ui-chart-time = Momento
ui-funnel-step = Paso
ui-funnel-picture = Gráfico
ui-funnel-count = Cantidad
ui-funnel-share = Sobre el primero
# “42,1 % de aceptados”; what was before is in lower case.
ui-funnel-kept = { $share } de { $before }

# Fields.
# What is wrong goes on after “La dirección”.
ui-address-wrong = La dirección { $what }.
# Of the characters that there may be.
ui-used-of = { $used } de { $max }
ui-nothing-fits = Nada coincide
# The words that are in a field of several.
ui-chosen = Seleccionados
ui-remove-what = Quitar { $what }
ui-your-zone = En su zona horaria
ui-your-zone-named = En su zona horaria, { $zone }

# Asked before what is typed would be lost.
ui-leave-title = ¿Salir sin guardar?
ui-leave-text = Lo que ha escrito aquí todavía no se ha guardado.
ui-leave = Salir

# Tables and lists.
ui-select-row = Seleccionar { $row }
ui-select-page = Seleccionar todo en esta página
ui-columns = Columnas
ui-columns-shown = Columnas visibles
ui-selected-rows = Filas seleccionadas
ui-selected =
    { $count ->
        [one] { $count } fila seleccionada
       *[other] { $count } filas seleccionadas
    }
# Takes the ticks away.
ui-clear = Quitar la selección
ui-pages = Páginas
ui-first-page = Primera página
ui-next-page = Página siguiente

# Pages and notes.
ui-not-shown = No se puede mostrar
ui-copy-what = Copiar { $what }
ui-theme = Cambiar entre claro y oscuro
ui-close-note = Cerrar este aviso

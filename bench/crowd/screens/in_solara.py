"""The small screen in Solara."""

import small
import solara


@solara.component
def Page():
    values, set_values = solara.use_state(list(small.START))
    name, set_name = solara.use_state("")
    people = solara.use_memo(small.people, [])
    solara.Title(small.TITLE)
    solara.Markdown(f"# {small.TITLE}")
    solara.InputText("Name", value=name, on_value=set_name)
    for at, label in enumerate(small.DIALS):

        def moved(value, at=at):
            set_values([*values[:at], value, *values[at + 1 :]])

        solara.SliderInt(label, value=values[at], min=0, max=small.MOST, on_value=moved)
    solara.DataFrame(people, items_per_page=len(small.PEOPLE))
    solara.FigurePlotly(small.chart(values))

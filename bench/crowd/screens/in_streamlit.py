"""The small screen in Streamlit."""

import small
import streamlit as st

st.title(small.TITLE)
st.text_input("Name")
values = [
    st.slider(label, 0, small.MOST, start)
    for label, start in zip(small.DIALS, small.START, strict=True)
]
st.dataframe(small.people())
st.plotly_chart(small.chart(values))

import pandas as pd
import store
import streamlit as st

st.title("Second thoughts")
for i in range(store.EXERCISES):
    st.header(f"Exercise {i + 1}")
    st.write(store.PASSAGE)
    lonely = st.slider("lonely", 0, 10, 5, key=f"lonely{i}")
    longing = st.slider("longing", 0, 10, 5, key=f"longing{i}")
    note = st.text_area("note", key=f"note{i}")
    if st.button("Save", key=f"save{i}"):
        st.write(f"Saved row {store.save(lonely, longing, note)}")
found = store.rows()
st.write(f"{len(found)} rows")
st.scatter_chart(pd.DataFrame(found, columns=["lonely", "longing"]), x="lonely", y="longing")

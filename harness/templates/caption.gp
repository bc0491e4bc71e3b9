{# The lines under a figure, `below` pixels below the edge of its plot; a PARTIAL stamp is the first, in red. #}
{% for line in caption %}
    set label {{ loop.index + 900 }} {{ line | quoted }} at screen 0.012, screen {{ (footer - below - 17 * loop.index) / height }} left font "DejaVu Sans{{ " Bold" if stamp and loop.first }},10" tc rgb "{{ "#b00020" if stamp and loop.first else "#444444" }}"
{% endfor %}

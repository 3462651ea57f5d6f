// Signs of recruiting on a place: to be ticked in peace, with ways to say no.

/** The checklist of a place, closed at first, and what the ticks amount to. */
Sheet.prototype.signs = function (place) {
  const { signs } = this.state;
  const tick = (sign, on) => this.write("place", place, { signs: on ? [...place.signs, sign] : place.signs.filter((other) => other !== sign) });
  return [
    this.fold(`${place.id}-signs`, signs.title,
      h("p", { class: "hint" }, signs.lead),
      h("div", { class: "choices" },
        this.tick("place", place, "unknown_organiser", { label: signs.unknown_organiser }),
        Object.entries(signs.each).map(([sign, text]) =>
          h("label", { key: sign, class: "option tick" },
            h("input", { type: "checkbox", checked: place.signs.includes(sign), "data-focus": `${place.id}.${sign}`, onchange: (event) => tick(sign, event.target.checked) }),
            h("span", {}, text)))),
      h("h3", {}, signs.refuse_title),
      h("ul", { class: "dots" }, signs.refuse.map((line) => h("li", { key: line }, line))),
      h("h3", {}, signs.help_title),
      this.note([signs.help, signs.law])),
    place.caution && h("div", { class: "trouble", key: "caution", role: "status" }, h("p", {}, h("strong", {}, signs.results[place.result])), this.note([place.caution.why, place.caution.act])),
  ];
};

// A drawing of days that is wider than its place opens where today is; what shows today already stays as it is.
function scroller(from: Element): Element | null {
  for (let place = from.parentElement; place; place = place.parentElement)
    if (place.scrollWidth > place.clientWidth && /auto|scroll/.test(getComputedStyle(place).overflowX))
      return place;
  return null;
}

for (const line of document.querySelectorAll(".today-line")) {
  const place = scroller(line);
  if (!place) continue;
  const [at, seen] = [line.getBoundingClientRect(), place.getBoundingClientRect()];
  if (at.left > seen.right || at.left < seen.left) place.scrollLeft += at.left - seen.left - seen.width / 2;
}
